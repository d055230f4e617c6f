// SPDX-License-Identifier: EUPL-1.2
//! What happened in a case, in one look: reports, consultations, plan versions, commissions.

use crate::db::{ReadTx, StoreError};
use domain::kernel::{CaseId, Day, Moment};

crate::statement! {
    // Ids carry the moment in which a row was made: the newest have the highest. The kind makes the order whole.
    OF_CASE = "SELECT e.kind, e.at, e.on_day, e.about FROM (
                 SELECT r.id, 'report' AS kind, r.received_at AS at, CAST(NULL AS TEXT) AS on_day, r.channel AS about
                 FROM report r WHERE r.office_id = $1 AND r.case_id = $2
                 UNION ALL
                 SELECT i.id, CASE WHEN i.held_on IS NULL THEN 'consultation-set' ELSE 'consultation-held' END, 0, COALESCE(i.held_on, i.meets_on), t.name
                 FROM agenda_item i JOIN team t ON t.office_id = i.office_id AND t.id = i.team_id
                 WHERE i.office_id = $1 AND i.case_id = $2
                 UNION ALL
                 SELECT v.id, CASE WHEN d.granted = 'granted' THEN 'plan' ELSE 'refusal' END, v.fixed_at, NULL, CAST(v.number AS TEXT)
                 FROM plan_version v JOIN decision d ON d.office_id = v.office_id AND d.id = v.decision_id
                 WHERE v.office_id = $1 AND v.case_id = $2
                 UNION ALL
                 SELECT n.id, 'note', 0, n.noted_on, a.name
                 FROM case_note n JOIN account a ON a.office_id = n.office_id AND a.id = n.written_by
                 WHERE n.office_id = $1 AND n.case_id = $2 AND n.confidence = 'file'
                 UNION ALL
                 SELECT x.id, 'sheet-' || x.kind, 0, x.dated_on, CAST(x.number AS TEXT)
                 FROM exploration x WHERE x.office_id = $1 AND x.case_id = $2
                 UNION ALL
                 SELECT f.id, CASE WHEN k.answer_id IS NULL THEN 'family-answer-new' ELSE 'family-answer' END, f.said_at, NULL, CAST(v.number AS TEXT)
                 FROM family_answer f JOIN plan_version v ON v.office_id = f.office_id AND v.id = f.plan_id
                 LEFT JOIN family_answer_look k ON k.office_id = f.office_id AND k.answer_id = f.id
                 WHERE f.office_id = $1 AND f.case_id = $2
                 UNION ALL
                 SELECT r.letter_id, 'letter-released', r.released_at, NULL, l.kind
                 FROM letter l JOIN letter_release r ON r.office_id = l.office_id AND r.letter_id = l.id
                 WHERE l.office_id = $1 AND l.case_id = $2
                 UNION ALL
                 SELECT d.letter_id, 'letter-' || d.way, 0, d.sent_on, l.kind
                 FROM letter l JOIN letter_dispatch d ON d.office_id = l.office_id AND d.letter_id = l.id
                 WHERE l.office_id = $1 AND l.case_id = $2
                 UNION ALL
                 SELECT k.letter_id, 'letter-recalled', k.recalled_at, NULL, l.kind
                 FROM letter l JOIN letter_recall k ON k.office_id = l.office_id AND k.letter_id = l.id
                 WHERE l.office_id = $1 AND l.case_id = $2
                 UNION ALL
                 SELECT c.id, 'commission', 0, c.placed_on, g.name
                 FROM commission c JOIN agency g ON g.office_id = c.office_id AND g.id = c.agency_id
                 WHERE c.office_id = $1 AND c.case_id = $2) e
               ORDER BY e.id DESC, e.kind LIMIT $3";
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub day: Day,
    /// What: `report`, `consultation-set`, `consultation-held`, `plan`, `refusal`, `note`, `commission`,
    /// `letter-…` (released, post, electronic, handed, recalled), `sheet-…` of a kind of exploration, `family-answer`, `family-answer-new` where nobody took note of it yet.
    pub kind: String,
    /// What it is about: a channel, a team, a version, an agency, a writer, a kind of letter.
    pub about: String,
}

/// The newest so many things that happened in a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId, limit: i64) -> Result<Vec<Happening>, StoreError> {
    tx.rows(&OF_CASE, &[case.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("timeline");
            let (kind, at, day) = (row.text()?, Moment(row.int()?), row.maybe_day()?);
            Ok(Happening { kind, day: day.unwrap_or_else(|| at.day()), about: row.text()? })
        })
        .collect()
}
