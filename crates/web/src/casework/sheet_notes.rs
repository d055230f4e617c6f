// SPDX-License-Identifier: EUPL-1.2
//! What a plan says besides, each under a title of its own: services, who took part, views, siblings.

use crate::kit::messages::{t, t_with};
use documents::Note;
use domain::casework::{Extent, PACKAGE_PART, PlanAttendance, PlanContent, PlanPart, REVIEW_CADENCE_PART};

/// The notes of a version, in the order of the paper.
#[must_use]
pub fn notes(content: &PlanContent) -> Vec<Note> {
    let mut notes = Vec::new();
    // A plan that names no services has a gap that must be seen; a refusal has none.
    if content.granted {
        notes.push(note("plan-paper-services", services(content)));
    }
    if !content.attendance.is_empty() {
        let lines: Vec<String> = content.attendance.iter().map(attendance).collect();
        notes.push(note("plan-paper-attendance", lines.join("\n")));
    }
    for part in PlanPart::ALL {
        let said = content.parts.iter().filter(|(code, _)| code == part.code());
        notes.extend(said.map(|(code, words)| note(&format!("paper-part-{code}"), words.clone())));
    }
    let cadence = content.parts.iter().filter(|(code, _)| code == REVIEW_CADENCE_PART);
    notes.extend(cadence.map(|(_, words)| note("paper-part-review-cadence", words.clone())));
    let package: Vec<String> =
        package(content).map(|(layer, words)| format!("{}:\n{words}", t(&format!("layer-{layer}")))).collect();
    if !package.is_empty() {
        notes.push(note("paper-part-package", package.join("\n")));
    }
    if let Some(day) = content.rights_told_on {
        notes.push(note("plan-paper-rights", t_with("plan-paper-rights-told", &[("x", &day.german())])));
    }
    notes
}

/// The support package of a version: each layer with its helps, one a line.
pub fn package(content: &PlanContent) -> impl Iterator<Item = (&str, &str)> {
    content.parts.iter().filter_map(|(code, words)| Some((code.strip_prefix(PACKAGE_PART)?, words.as_str())))
}

fn note(title: &str, words: String) -> Note {
    Note { title: t(title), words }
}

fn services(content: &PlanContent) -> String {
    let extent = content.extent.map(|extent| t_with("plan-paper-extent", &[("x", &in_words(extent))]));
    let lines = [Some(content.services.clone()), extent];
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// "7,5 Stunden in der Woche"
#[must_use]
pub fn in_words(extent: Extent) -> String {
    t_with(&format!("extent-{}", extent.unit().code()), &[("x", &extent.german())])
}

/// "Jan Demir: eingeladen, nicht dabei (Schicht)"
fn attendance(one: &PlanAttendance) -> String {
    let said = format!("{}: {}", one.name, t(&format!("presence-{}", one.presence)));
    if one.why.is_empty() { said } else { format!("{said} ({})", one.why) }
}
