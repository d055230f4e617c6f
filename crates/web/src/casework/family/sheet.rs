// SPDX-License-Identifier: EUPL-1.2
//! The plan as its family reads it: page and paper come from these same sections. The words are those of the plan,
//! unchanged; only the titles are plain.

use crate::casework::head::family;
use crate::casework::sheet::{help_name, span};
use crate::casework::sheet_notes::{in_words, package};
use crate::kit::messages::{has, t, t_with};
use documents::{FamilySection, FamilySheet, Voice};
use domain::casework::{PlanContent, PlanPart, PlanStatement, StatementKind};

/// The languages in which the sheet says where to ask for a translation.
pub const LANGUAGES: [&str; 10] = ["de", "ar", "en", "fa", "fr", "pl", "ro", "ru", "tr", "uk"];

/// One of the languages, else German.
#[must_use]
pub fn language(code: &str) -> &'static str {
    LANGUAGES.into_iter().find(|known| *known == code).unwrap_or("de")
}

/// Is it read from right to left?
#[must_use]
pub fn direction(language: &str) -> &'static str {
    if matches!(language, "ar" | "fa") { "rtl" } else { "ltr" }
}

/// The sheet of a version that was made for its family.
#[must_use]
pub fn sheet(content: &PlanContent, language: &str) -> FamilySheet {
    let title = if content.granted { "family-title" } else { "family-title-refused" };
    let note = format!("family-translate-{language}");
    FamilySheet {
        office: content.office.clone(),
        case_number: content.case_number.clone(),
        version: content.version,
        title: t(title),
        family: family(&content.family),
        lead: t_with("family-sheet-lead", &[("x", &content.decided_on.german())]),
        decided_on: content.decided_on,
        language: has(&note).then(|| (language.to_owned(), t(&note))),
        sections: sections(content),
    }
}

fn sections(content: &PlanContent) -> Vec<FamilySection> {
    let said = |kind: StatementKind| content.statements.iter().filter(move |said| said.kind == kind.code());
    let mut all = vec![
        section("family-decision", decision(content)),
        section("family-reasons", vec![plain(&content.reasons)]),
        section("family-wills", said(StatementKind::Will).map(voice).collect()),
        section("family-wishes", said(StatementKind::Wish).map(voice).collect()),
        section("family-goals", goals(content)),
        section("family-strengths", content.strengths.iter().map(|(_, words)| plain(words)).collect()),
        section("family-need", said(StatementKind::Need).map(|said| plain(&said.words)).collect()),
        section("family-mandates", said(StatementKind::Mandate).map(voice).collect()),
    ];
    for part in PlanPart::ALL {
        let words = content.parts.iter().filter(|(code, _)| code == part.code()).map(|(_, words)| plain(words));
        all.push(section(&format!("family-part-{}", part.code()), words.collect()));
    }
    let helps = package(content).flat_map(|(layer, words)| {
        words.lines().map(move |line| Voice { owner: t(&format!("family-layer-{layer}")), words: line.to_owned() })
    });
    all.push(section("family-package", helps.collect()));
    all.push(section("family-talk", content.attendance.iter().map(attendance).collect()));
    all.push(section("family-people", content.people.iter().map(person).collect()));
    all.push(section("family-rights", rights(content)));
    // What the plan does not say is left out; the office's own page shows the gap.
    all.retain(|section| !section.entries.is_empty());
    all
}

fn section(title: &str, entries: Vec<Voice>) -> FamilySection {
    FamilySection { title: t(title), entries: entries.into_iter().filter(|one| !one.words.trim().is_empty()).collect() }
}

fn plain(words: &str) -> Voice {
    Voice { owner: String::new(), words: words.to_owned() }
}

/// Words with who said them when; the own part below.
fn voice(said: &PlanStatement) -> Voice {
    let own =
        if said.own_part.is_empty() { String::new() } else { format!("\n{} {}", t("plan-own-part"), said.own_part) };
    let office = t("plan-mandate-owner");
    let who = if said.speaker.is_empty() { &office } else { &said.speaker };
    let owner = t_with("plan-said-by", &[("who", who), ("day", &said.said_on.german())]);
    Voice { owner, words: format!("{}{own}", said.words) }
}

fn decision(content: &PlanContent) -> Vec<Voice> {
    let key = if content.granted { "family-granted" } else { "family-refused" };
    let mut all =
        vec![plain(&t_with(key, &[("help", &help_name(&content.help)), ("span", &span(content.from, content.until))]))];
    all.push(plain(&content.services));
    all.extend(content.extent.map(|extent| plain(&t_with("plan-paper-extent", &[("x", &in_words(extent))]))));
    all.push(plain(&t_with("family-review", &[("x", &content.review_on.german())])));
    if !content.decided_by.is_empty() {
        all.push(plain(&t_with("family-decided-by", &[("x", &content.decided_by)])));
    }
    all
}

/// Each direction goal with its steps.
fn goals(content: &PlanContent) -> Vec<Voice> {
    let with_steps = |(owner, goal): &(String, String)| {
        let steps = content.steps.iter().filter(|(above, _)| above == goal);
        let steps = steps.map(|(_, step)| t_with("family-step", &[("x", step)]));
        let words = std::iter::once(goal.clone()).chain(steps).collect::<Vec<_>>().join("\n");
        Voice { owner: owner.clone(), words }
    };
    content.goals.iter().map(with_steps).collect()
}

fn attendance(one: &domain::casework::PlanAttendance) -> Voice {
    let said = format!("{}: {}", one.name, t(&format!("presence-{}", one.presence)));
    plain(&if one.why.is_empty() { said } else { format!("{said} ({})", one.why) })
}

fn person(one: &domain::casework::PlanParty) -> Voice {
    plain(&format!("{}, {}", one.name, t(&format!("person-{}", one.role))))
}

fn rights(content: &PlanContent) -> Vec<Voice> {
    let told = content.rights_told_on.map(|day| plain(&t_with("family-rights-told", &[("x", &day.german())])));
    told.into_iter().chain([plain(&t("family-rights-always"))]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::sheet::tests::content;

    /// All that anybody wrote into a plan.
    fn written(content: &PlanContent) -> Vec<String> {
        let mut all = vec![content.reasons.clone(), content.services.clone()];
        all.extend(content.statements.iter().map(|said| said.words.clone()));
        all.extend(
            content.goals.iter().chain(&content.steps).chain(&content.strengths).map(|(_, words)| words.clone()),
        );
        all.extend(content.parts.iter().map(|(_, words)| words.clone()));
        all
    }

    #[test]
    fn the_sheet_says_what_the_plan_says_to_its_family_and_never_more() {
        let plan = content();
        let shown = sheet(&plan.clone().for_family(), "tr");
        let text = format!("{shown:?}");
        for words in written(&plan) {
            assert!(text.contains(&words), "{words} is missing in {text}");
        }
        for own in ["Patenfamilie", "Lernpaten", "Tim Roth", "Oma bringt sie", "Eilt.", "no-agency"] {
            assert!(!text.contains(own), "{own} in {text}");
        }
        assert!(!text.contains('«'), "{text}");
        assert_eq!(shown.language.as_ref().map(|(code, _)| code.as_str()), Some("tr"));
        assert!(shown.sections.iter().all(|section| !section.entries.is_empty()));
    }

    #[test]
    fn every_language_has_its_name_and_its_sentence() {
        for code in LANGUAGES {
            assert!(has(&format!("family-language-{code}")), "{code}");
            assert_eq!(has(&format!("family-translate-{code}")), code != "de", "{code}");
        }
        assert_eq!((language("tr"), language("xx"), direction("fa")), ("tr", "de", "rtl"));
    }

    #[test]
    fn a_refusal_is_told_as_one() {
        let shown = sheet(&PlanContent { granted: false, ..content() }.for_family(), "de");
        assert!(shown.title.contains("Ablehnung") && shown.language.is_none());
    }
}
