// SPDX-License-Identifier: EUPL-1.2
//! From a plan's frozen content to the sheet that page and PDF both show: codes become words here.

use crate::kit::messages::{t, t_with};
use app::casework::plan::CommissionView;
use documents::{Commission, Decision, Participant, PlanSheet, Resources, Voice, Will};
use domain::casework::{Field, HelpKind, PersonRole, PlanContent, PlanStatement, StatementKind};

/// Who signs: those who answer for themselves or for a child.
const SIGNING: [PersonRole; 4] = [PersonRole::Mother, PersonRole::Father, PersonRole::Youth, PersonRole::YoungAdult];

/// The sheet of a version.
#[must_use]
pub fn sheet(content: &PlanContent) -> PlanSheet {
    let version = u32::try_from(content.version).unwrap_or_default();
    PlanSheet {
        family: super::head::family(&content.family),
        participants: content.people.iter().map(|one| party(&one.name, &one.role)).collect(),
        wills: of_kind(content, StatementKind::Will).map(will).collect(),
        wishes: of_kind(content, StatementKind::Wish).map(wish).collect(),
        goals: content.goals.iter().map(|(owner, words)| voice(owner.clone(), ladder(content, words))).collect(),
        resources: resources(content),
        ideas: content.ideas.iter().map(|(kind, words)| format!("{words} ({})", t(&format!("idea-{kind}")))).collect(),
        need: needs(content),
        mandates: of_kind(content, StatementKind::Mandate).map(mandate).collect(),
        notes: super::sheet_notes::notes(content),
        title: t(if content.granted { "plan-paper-title" } else { "plan-paper-title-refused" }),
        basis: t(if content.granted { "plan-paper-basis" } else { "plan-paper-basis-refused" }),
        decision: decision(content),
        commission: None,
        signatures: signatures(content),
        ..PlanSheet::blank(&content.office, &content.case_number, version, content.decided_on)
    }
}

/// The sheet with who carries the help out, and how the family's wish and choice was kept.
#[must_use]
pub fn with_commission(sheet: PlanSheet, placed: Option<&CommissionView>) -> PlanSheet {
    let Some(placed) = placed else { return sheet };
    let told = placed.wish_told_on.map(|day| t_with("plan-wish-told", &[("x", &day.german())]));
    let said = [
        told,
        Some(t(&format!("wish-answer-{}", placed.wish_answer.code()))),
        placed.wish.clone(),
        placed.wish_why.clone(),
    ];
    let commission = Commission {
        agency: placed.agency.clone(),
        from: placed.from,
        until: placed.until,
        ceiling: t_with("plan-ceiling", &[("x", &placed.ceiling.german())]),
        wish_and_choice: said.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    };
    PlanSheet { commission: Some(commission), ..sheet }
}

/// "vom 01.12.2026 bis 31.05.2027", or "ab 01.12.2026".
#[must_use]
pub fn span(from: domain::kernel::Day, until: Option<domain::kernel::Day>) -> String {
    match until {
        Some(until) => t_with("plan-span", &[("from", &from.german()), ("until", &until.german())]),
        None => t_with("plan-span-open", &[("from", &from.german())]),
    }
}

/// The name of a kind of help, without its paragraph.
#[must_use]
pub fn help_name(code: &str) -> String {
    t(&format!("plan-help-{code}"))
}

fn of_kind(content: &PlanContent, kind: StatementKind) -> impl Iterator<Item = &PlanStatement> {
    content.statements.iter().filter(move |said| said.kind == kind.code())
}

fn party(name: &str, role: &str) -> Participant {
    Participant { name: name.to_owned(), role: t(&format!("person-{role}")) }
}

fn voice(owner: String, words: String) -> Voice {
    Voice { owner, words }
}

/// A direction goal with the action goals under it.
fn ladder(content: &PlanContent, words: &str) -> String {
    let steps = content.steps.iter().filter(|(above, _)| above == words);
    let steps = steps.map(|(_, step)| t_with("plan-paper-step", &[("x", step)]));
    std::iter::once(words.to_owned()).chain(steps).collect::<Vec<_>>().join("\n")
}

fn will(said: &PlanStatement) -> Will {
    Will {
        speaker: said.speaker.clone(),
        said_on: said.said_on,
        words: said.words.clone(),
        own_part: said.own_part.clone(),
    }
}

/// "Ayşe Demir, am 12.08.2026"
fn on_day(who: &str, said: &PlanStatement) -> String {
    t_with("plan-said-by", &[("who", who), ("day", &said.said_on.german())])
}

fn wish(said: &PlanStatement) -> Voice {
    let own_part = t_with("plan-wish-own-part", &[("x", &said.own_part)]);
    let words = if said.own_part.is_empty() { said.words.clone() } else { format!("{}\n{own_part}", said.words) };
    voice(on_day(&said.speaker, said), words)
}

fn mandate(said: &PlanStatement) -> Voice {
    let office = t("plan-mandate-owner");
    let who = if said.speaker.is_empty() { &office } else { &said.speaker };
    voice(on_day(who, said), said.words.clone())
}

fn needs(content: &PlanContent) -> String {
    of_kind(content, StatementKind::Need).map(|said| said.words.as_str()).collect::<Vec<_>>().join("\n")
}

/// All four fields, so that an empty one is seen.
fn resources(content: &PlanContent) -> Vec<Resources> {
    let entries = |field: Field| {
        let of_field = content.strengths.iter().filter(move |(code, _)| code == field.code());
        of_field.map(|(_, words)| words.clone()).collect()
    };
    let group = |field: &Field| Resources { field: t(&format!("field-{}", field.code())), entries: entries(*field) };
    Field::ALL.iter().map(group).collect()
}

fn decision(content: &PlanContent) -> Decision {
    let outcome = if content.granted { "plan-sheet-granted" } else { "plan-sheet-refused" };
    let (help, span) = (help_name(&content.help), span(content.from, content.until));
    let paragraph = HelpKind::from_code(&content.help).map(HelpKind::paragraph).unwrap_or_default();
    Decision {
        paragraph: paragraph.to_owned(),
        kind: t_with(outcome, &[("help", &help), ("span", &span)]),
        reasons: content.reasons.clone(),
        alternatives: content.alternatives.join("\n"),
        professionals: content.professionals.clone(),
        decided_by: content.decided_by.clone(),
        review_on: Some(content.review_on),
    }
}

/// A refusal is not agreed with anybody; whose it is stands under the decision (§ 33(3) SGB X).
fn signatures(content: &PlanContent) -> Vec<String> {
    if !content.granted {
        return Vec::new();
    }
    let signs = |role: &str| SIGNING.iter().any(|one| one.code() == role);
    let family = content.people.iter().filter(|one| signs(&one.role)).map(|one| one.name.clone());
    family.chain(Some(content.decided_by.clone()).filter(|name| !name.is_empty())).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::casework::{Extent, ExtentUnit, PlanAttendance, PlanParty};
    use domain::kernel::Day;

    fn said(kind: &str, speaker: &str, words: &str) -> PlanStatement {
        let said_on = Day::new(2026, 8, 12).unwrap();
        let (speaker, words) = (speaker.to_owned(), words.to_owned());
        PlanStatement { kind: kind.to_owned(), speaker, said_on, words, own_part: String::new() }
    }

    pub fn content() -> PlanContent {
        let person = |name: &str, role: &str| PlanParty { name: name.to_owned(), role: role.to_owned() };
        PlanContent {
            office: "Jugendamt Musterstadt".to_owned(),
            case_number: "2026-0402".to_owned(),
            family: "Demir".to_owned(),
            version: 2,
            decided_on: Day::new(2026, 11, 20).unwrap(),
            decided_by: "Mira Albers".to_owned(),
            granted: true,
            help: "31".to_owned(),
            from: Day::new(2026, 12, 1).unwrap(),
            until: None,
            review_on: Day::new(2027, 3, 1).unwrap(),
            reasons: "Weil es hilft.".to_owned(),
            professionals: vec!["Mira Albers".to_owned(), "Tim Roth".to_owned()],
            alternatives: vec!["Patenfamilie".to_owned(), "Lernpaten".to_owned()],
            people: vec![person("Ayşe Demir", "mother"), person("Leyla", "child")],
            statements: vec![
                said("will", "Leyla", "Ich will gern zur Schule gehen."),
                said("need", "", "Ein Weg zur Schule."),
                said("mandate", "", "Leyla geht jeden Tag zur Schule."),
            ],
            goals: vec![("Leyla".to_owned(), "Ich gehe gern hin.".to_owned())],
            steps: vec![("Ich gehe gern hin.".to_owned(), "Ich packe abends.".to_owned())],
            strengths: vec![("social".to_owned(), "Oma wohnt nebenan".to_owned())],
            ideas: vec![("social".to_owned(), "Oma bringt sie".to_owned())],
            rights_told_on: Day::new(2026, 11, 2).ok(),
            services: "Gespräche zu Hause".to_owned(),
            extent: Extent::parse("7,5", ExtentUnit::HoursAWeek).ok(),
            attendance: [
                ("Ayşe Demir", "present", ""),
                ("Jan Demir", "absent", "Schicht"),
                ("Kita", "not-invited", ""),
            ]
            .map(|(name, presence, why)| PlanAttendance {
                name: name.to_owned(),
                presence: presence.to_owned(),
                why: why.to_owned(),
            })
            .into(),
            parts: vec![("siblings".to_owned(), "Can bleibt in der Nähe.".to_owned())],
            gaps: vec!["no-agency".to_owned()],
            gaps_reason: "Eilt.".to_owned(),
        }
    }

    #[test]
    fn codes_become_words() {
        let sheet = sheet(&content());
        assert_eq!(sheet.family, "Familie Demir");
        assert_eq!(sheet.decision.kind, "Bewilligt: Sozialpädagogische Familienhilfe, ab 01.12.2026");
        assert_eq!(sheet.decision.paragraph, "§ 31 SGB VIII");
        assert_eq!(sheet.decision.alternatives, "Patenfamilie\nLernpaten");
        assert_eq!(sheet.participants[0].role, "Mutter");
        assert_eq!(sheet.mandates[0].owner, "Jugendamt oder Gericht, am 12.08.2026");
        assert_eq!(sheet.goals[0].words, "Ich gehe gern hin.\nHandlungsziel: Ich packe abends.");
        assert_eq!(sheet.resources.len(), 4);
        assert_eq!(sheet.signatures, ["Ayşe Demir", "Mira Albers"]);
    }

    #[test]
    fn what_was_agreed_besides_stands_under_titles_of_its_own() {
        let sheet = sheet(&content());
        let told: Vec<_> = sheet.notes.iter().map(|note| (note.title.as_str(), note.words.as_str())).collect();
        assert_eq!(told[0].0, "Notwendige Leistungen und Umfang");
        assert_eq!(told[0].1, "Gespräche zu Hause\nUmfang: 7,5 Stunden in der Woche");
        assert_eq!(
            told[1].1,
            "Ayşe Demir: war dabei\nJan Demir: eingeladen, nicht dabei (Schicht)\nKita: nicht eingeladen"
        );
        assert_eq!(told[2], ("Geschwister", "Can bleibt in der Nähe."));
        assert!(told[3].1.contains("02.11.2026"));
        assert!(!format!("{sheet:?}").contains("Eilt."), "gaps are for the file, not for the paper");
    }

    #[test]
    fn a_refusal_is_not_called_a_plan_and_nobody_agrees_to_it() {
        let sheet = sheet(&PlanContent { granted: false, ..content() });
        assert_eq!((sheet.title.as_str(), sheet.signatures.len()), ("Ablehnung einer Hilfe", 0));
        assert!(!sheet.basis.contains("36 SGB"));
    }

    /// Page and paper have the same titles: each heading of the template is a message of the page.
    #[test]
    fn every_heading_of_the_paper_stands_on_the_page() {
        let typ = include_str!("../../../documents/src/help_plan.typ");
        let (words, page) =
            (include_str!("../../messages/de/plan.ftl"), include_str!("../../templates/casework/plan_version.html"));
        let page = page.to_owned() + include_str!("../../templates/casework/plan_family.html");
        let headings = typ.lines().filter_map(|line| {
            let line = line.trim();
            line.strip_prefix("= ").or_else(|| line.strip_prefix("== "))
        });
        let mut count = 0;
        for heading in headings {
            let key = words.lines().filter_map(|line| line.split_once(" = "));
            let keys: Vec<_> = key.filter(|(_, said)| *said == heading).map(|(key, _)| key).collect();
            assert!(keys.iter().any(|key| page.contains(&format!("\"{key}\"|t"))), "{heading} is not on the page");
            count += 1;
        }
        assert!(count > 10, "{count}");
    }

    #[test]
    fn every_kind_of_help_has_a_name() {
        for kind in HelpKind::ALL {
            assert!(!help_name(kind.code()).contains('«'), "{}", kind.code());
        }
    }

    #[test]
    fn the_paper_of_a_version_is_always_the_same() {
        let sheet = sheet(&content());
        let pdf = documents::help_plan(&sheet).unwrap();
        assert!(pdf.starts_with(b"%PDF"));
        assert_eq!(pdf, documents::help_plan(&sheet).unwrap());
    }
}
