// SPDX-License-Identifier: EUPL-1.2
//! What is different between two versions of a plan: section by section, word by word, to be read and printed.

use super::sheet::sheet;
use crate::kit::{Asks, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t};
use app::Failure;
use app::casework::plan::{self, Version};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use documents::PlanSheet;
use domain::access::{Action, Denied};
use domain::casework::{Piece, PieceKind, SectionDifference, SectionText, differences};
use domain::kernel::{CaseId, PlanId};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default().get("/hilfeplaene/{id}/unterschied", Asks::For(Action::SeeCase), difference)
}

/// Against which version; nothing is the one before.
#[derive(Deserialize)]
struct Against {
    #[serde(default)]
    zu: String,
}

async fn difference(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<PlanId>,
    Query(against): Query<Against>,
) -> Result<Response, Oops> {
    let (case, new) = plan::version(&web.app, &who.actor, id).await?;
    let versions = plan::page(&web.app, &who.actor, case.id).await?.versions;
    let asked = Uuid::parse_str(&against.zu).ok().map(PlanId);
    let before = versions.iter().find(|one| asked.map_or(one.number < new.content.version, |asked| one.id == asked));
    let hidden = || Oops::from(Failure::Denied(Denied::Hidden));
    let old_id = before.map(|one| one.id).ok_or_else(hidden)?;
    let (other_case, old) = plan::version(&web.app, &who.actor, old_id).await?;
    if other_case.id != case.id {
        return Err(hidden());
    }
    let others = versions.into_iter().filter(|one| one.id != id).map(|one| (one.id, one.number)).collect();
    Ok(page(&DifferencePage::new(Frame::new(&web, &who, "nav-cases"), (id, case.id), (&old, &new), others)))
}

#[derive(Template)]
#[template(path = "casework/plan_difference.html")]
struct DifferencePage {
    frame: Frame,
    id: PlanId,
    case: CaseId,
    case_number: String,
    old: i64,
    new: i64,
    changed: Vec<SectionDifference>,
    same: Vec<String>,
    /// Other versions to compare with.
    others: Vec<(PlanId, i64)>,
}

impl DifferencePage {
    fn new(
        frame: Frame,
        (id, case): (PlanId, CaseId),
        (old, new): (&Version, &Version),
        others: Vec<(PlanId, i64)>,
    ) -> Self {
        let all = differences(&sections(&sheet(&old.content)), &sections(&sheet(&new.content)));
        let (changed, same): (Vec<_>, Vec<_>) = all.into_iter().partition(SectionDifference::is_changed);
        Self {
            frame,
            id,
            case,
            case_number: new.content.case_number.clone(),
            old: old.content.version,
            new: new.content.version,
            changed,
            same: same.into_iter().map(|section| section.title).collect(),
            others,
        }
    }

    fn is(&self, piece: &Piece, kind: &str) -> bool {
        piece.kind.code() == kind
    }
}

/// The sheet as sections of text, in the order of the page; titles are the page's.
pub fn sections(sheet: &PlanSheet) -> Vec<SectionText> {
    let lines = |all: Vec<String>| all.join("\n");
    let voices =
        |all: &[documents::Voice]| lines(all.iter().map(|one| format!("{}: {}", one.owner, one.words)).collect());
    let will = |one: &documents::Will| {
        let own =
            if one.own_part.is_empty() { String::new() } else { format!("\n{} {}", t("plan-own-part"), one.own_part) };
        format!("{} ({}): {}{own}", one.speaker, one.said_on.german(), one.words)
    };
    let day = sheet.decision.review_on.map(domain::kernel::Day::german).unwrap_or_default();
    let mut all: Vec<SectionText> = vec![
        (t("plan-paper-decision"), format!("{}\n{}", sheet.decision.kind, sheet.decision.paragraph)),
        (t("plan-col-review"), day),
        (t("difference-wills"), lines(sheet.wills.iter().map(will).collect())),
        (t("difference-wishes"), voices(&sheet.wishes)),
        (t("plan-goals"), voices(&sheet.goals)),
        (t("plan-paper-ideas"), lines(sheet.ideas.clone())),
        (t("plan-paper-need"), sheet.need.clone()),
        (t("plan-paper-mandates"), voices(&sheet.mandates)),
        (t("plan-paper-reasons"), sheet.decision.reasons.clone()),
        (t("plan-paper-alternatives"), sheet.decision.alternatives.clone()),
        (t("plan-paper-professionals"), lines(sheet.decision.professionals.clone())),
        (t("plan-paper-by"), sheet.decision.decided_by.clone()),
    ];
    all.extend(sheet.resources.iter().map(|group| (group.field.clone(), group.entries.join("\n"))));
    all.extend(sheet.notes.iter().map(|note| (note.title.clone(), note.words.clone())));
    let people = sheet.participants.iter().map(|one| format!("{}, {}", one.name, one.role)).collect();
    all.push((t("plan-paper-people"), lines(people)));
    all
}

/// Whether a piece stands in both versions is never said by colour alone.
const _: () = assert!(PieceKind::ALL.len() == 3);
