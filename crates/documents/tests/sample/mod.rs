// SPDX-License-Identifier: EUPL-1.2
//! An invented family, for tests.

#![allow(clippy::unwrap_used, reason = "shared by tests")]

use documents::{Commission, Decision, Note, Participant, PlanSheet, Resources, Voice, Will};
use domain::kernel::Day;

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

fn voice(owner: &str, words: &str) -> Voice {
    Voice { owner: owner.into(), words: words.into() }
}

fn will(speaker: &str, words: &str, own_part: &str) -> Will {
    Will { speaker: speaker.into(), said_on: day("2026-10-14"), words: words.into(), own_part: own_part.into() }
}

fn resources(field: &str, entries: &[&str]) -> Resources {
    Resources { field: field.into(), entries: strings(entries) }
}

fn person(name: &str, role: &str) -> Participant {
    Participant { name: name.into(), role: role.into() }
}

fn decision() -> Decision {
    Decision {
            paragraph: "§ 31 SGB VIII".into(),
            kind: "Sozialpädagogische Familienhilfe".into(),
            reasons: "Die Hilfe setzt dort an, wo der Streit entsteht: zu Hause. Beide Eltern und Emre wollen sie. Die Großmutter und die Fahrradwerkstatt entlasten, ersetzen aber nicht die Begleitung der Gespräche.".into(),
            alternatives: "Eine Erziehungsberatung (§ 28) erreicht die Familie wegen der Schichtarbeit nicht verlässlich. Eine Tagesgruppe (§ 32) nähme Emre die Nachmittage in der Werkstatt.".into(),
            professionals: strings(&["Katrin Oltmanns", "Mehmet Aydın", "Dr. Svenja Thomsen"]),
            decided_by: "Katrin Oltmanns, Sachgebiet Mitte".into(),
            review_on: Some(day("2027-02-26")),
        }
}

fn commission() -> Commission {
    Commission {
            agency: "Ambulante Hilfen Nord gGmbH".into(),
            from: day("2026-12-07"),
            until: Some(day("2027-06-30")),
            ceiling: "bis zu 8 Stunden in der Woche, höchstens 14.560,00 €".into(),
            wish_and_choice: "Der Familie wurden drei Träger vorgestellt. Sie hat diesen gewählt, weil Herr Lund Emre schon aus dem Jugendhaus kennt.".into(),
        }
}

/// A plan with something in every field.
pub fn sheet() -> PlanSheet {
    PlanSheet {
        family: "Familie Yıldız-Krämer".into(),
        participants: vec![
            person("Sevgi Yıldız", "Mutter, personensorgeberechtigt"),
            person("Jan Krämer", "Vater, personensorgeberechtigt, lebt getrennt"),
            person("Emre Yıldız", "Sohn, 14 Jahre"),
            person("Frau Behrens", "Klassenlehrerin, auf Wunsch der Familie"),
            person("Tobias Lund", "Ambulante Hilfen Nord gGmbH"),
            person("Katrin Oltmanns", "Jugendamt, fallführende Fachkraft"),
        ],
        wills: vec![
            will(
                "Emre Yıldız",
                "Ich will, dass es zu Hause abends ruhig ist und ich wieder in die Schule gehen kann, ohne dass mir schlecht wird.",
                "Ich stehe mit dem Wecker auf und schreibe meiner Mutter, wenn ich angekommen bin.",
            ),
            will(
                "Sevgi Yıldız",
                "Ich will wieder mit Emre reden können, ohne dass einer von uns schreit.\nUnd ich will meine Stelle in der Bäckerei behalten.",
                "Ich lege mein Handy beim Abendessen weg und frage nach, bevor ich schimpfe.",
            ),
        ],
        wishes: vec![voice("Jan Krämer", "Dass Emre jedes zweite Wochenende bei mir sein kann und wir zusammen das Fahrrad fertig bauen.")],
        goals: vec![
            voice("Emre Yıldız", "Ich gehe wieder jeden Tag zur Schule und weiß, an wen ich mich wende, wenn es mir zu viel wird."),
            voice("Sevgi Yıldız", "Bei uns wird am Tisch geredet und gelacht."),
        ],
        resources: vec![
            resources("Persönliche Ressourcen", &["Emre baut und repariert gern", "Frau Yıldız hält durch und hat Humor"]),
            resources("Soziale Ressourcen", &["Großmutter im Nachbarhaus", "Trainer im Boxverein", "Nachbarin Frau Petersen"]),
            resources("Materielle Ressourcen", &["sicheres Einkommen", "eigenes Zimmer für Emre"]),
            resources("Infrastruktur im Sozialraum", &["Fahrradwerkstatt im Jugendhaus", "Familienzentrum mit offener Sprechstunde"]),
        ],
        ideas: strings(&[
            "Emre hilft mittwochs in der Fahrradwerkstatt und holt dort die verpassten Stunden mit einem Schülerpaten nach.",
            "Die Großmutter übernimmt zwei Abende in der Woche.",
            "Wohngruppe: von der Familie und vom Team nicht gewollt.",
        ]),
        need: "Emre hat seit dem Frühjahr 31 Schultage versäumt. Mutter und Sohn geraten fast täglich in Streit, der laut wird; Hinweise auf Gewalt gibt es nicht. Die Familie braucht für einige Monate jemanden, der nach Hause kommt, Gespräche begleitet und den Weg zurück in die Schule mit Emre, den Eltern und der Klassenlehrerin verabredet.".into(),
        mandates: vec![voice("Amtsgericht, Beschluss vom 02.09.2026", "Die Eltern nehmen an der Beratung zum Umgang teil.")],
        notes: vec![
            Note { title: "Geschwister".into(), words: "Emre hat eine erwachsene Schwester, die in Kiel lebt. Beide telefonieren sonntags; das soll so bleiben.".into() },
            Note { title: "Wie Emre beteiligt war".into(), words: "Emre hat seine Sätze allein mit der Fachkraft aufgeschrieben und im Gespräch selbst vorgelesen.".into() },
        ],
        decision: decision(),
        commission: Some(commission()),
        signatures: strings(&["Emre Yıldız", "Sevgi Yıldız", "Jan Krämer", "Ambulante Hilfen Nord gGmbH", "Für das Jugendamt: Katrin Oltmanns"]),
        ..PlanSheet::blank("Kreis Nordersee · Jugendamt, Team Mitte", "J-2026-0815", 2, day("2026-11-23"))
    }
}

/// Texts that try to be commands, to break the page or to hide.
pub const HOSTILE: [&str; 12] = [
    "#read(\"/etc/passwd\")",
    "#import \"@preview/x:1.0.0\": *",
    "$ sum_(i=0)^n $ #panic(1)",
    "*fett* _schräg_ = Titel `code` <marke> @verweis",
    "\\ \\u{41} // weg /* weg */ -- ... ~ \"'",
    "Danke 🪿👨‍👩‍👧‍👦🇩🇪❤️!",
    "أريد أن يكون البيت هادئا",
    "אני רוצה שקט",
    "x\u{202e}drow\u{202c} \u{0}\u{7}\u{e000}\u{ffff}",
    "Z\u{351}\u{36b}\u{343}a\u{328}\u{489}l\u{334}g\u{5b0}\u{64b}o",
    "我想要安静 ፈልግ नमस्ते สวัสดี ខ្មែរ",
    "",
];

/// A plan whose every field is filled with [`HOSTILE`] texts, one of them twenty thousand letters long.
pub fn hostile() -> PlanSheet {
    let all = || HOSTILE.join("\n");
    let voices = || HOSTILE.iter().map(|text| voice(text, text)).collect::<Vec<_>>();
    let mut sheet = sheet();
    sheet.office = all();
    sheet.case_number = all();
    sheet.family = all();
    sheet.participants = HOSTILE.iter().map(|text| person(text, text)).collect();
    sheet.wills = HOSTILE.iter().map(|text| will(text, text, text)).collect();
    sheet.wills.push(will("W".repeat(20_000).as_str(), "lang ".repeat(4_000).as_str(), "ä".repeat(20_000).as_str()));
    sheet.wishes = voices();
    sheet.goals = voices();
    sheet.mandates = voices();
    sheet.resources = HOSTILE.iter().map(|text| resources(text, &HOSTILE)).collect();
    sheet.ideas = strings(&HOSTILE);
    sheet.need = all();
    sheet.notes = HOSTILE.iter().map(|text| Note { title: text.to_string(), words: all() }).collect();
    sheet.decision.paragraph = all();
    sheet.decision.kind = all();
    sheet.decision.reasons = all();
    sheet.decision.alternatives = all();
    sheet.decision.professionals = strings(&HOSTILE);
    sheet.decision.decided_by = all();
    sheet.signatures = strings(&HOSTILE);
    sheet
}
