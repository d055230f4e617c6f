// SPDX-License-Identifier: EUPL-1.2
//! The answer to a professional reporter, told in a procedure: the same facts that the board keeps, said once (W16).

use super::step::StepParts;
use super::words::{FeedbackFact, Included};
use crate::casework::feedback::{FEEDBACK_UNLIKELY, FamilyTold, Feedback, YesNo};
use crate::kernel::{Refusal, Rule};

/// Several professionals reported: the answer goes to one of them.
pub const WHICH_REPORTER: Rule = Rule::new("protection.which_reporter", "§ 4(4) KKG");
/// Nobody of § 4(1) KKG reported to this procedure.
pub const NO_REPORTER: Rule = Rule::new("protection.no_reporter", "§ 4(4) KKG, § 64(4) SGB VIII");

/// What a step of feedback told, as it is kept with the report.
///
/// # Errors
/// [`FEEDBACK_UNLIKELY`]: still active, without ever having become active.
pub fn told(parts: &StepParts) -> Result<Feedback, Refusal> {
    let said = |fact: FeedbackFact| {
        if parts.marks.iter().any(|mark| mark == fact.code()) { YesNo::Yes } else { YesNo::No }
    };
    let (became_active, still_active) = (said(FeedbackFact::BecameActive), said(FeedbackFact::StillActive));
    if became_active == YesNo::No && still_active == YesNo::Yes {
        return Err(FEEDBACK_UNLIKELY.broken_at("marks"));
    }
    // Only protection excuses that nobody was told before (§ 4(4) S. 2 KKG).
    let before = parts.code.as_deref().and_then(Included::from_code) == Some(Included::Yes);
    Ok(Feedback {
        confirmed: said(FeedbackFact::Confirmed),
        became_active,
        still_active,
        family_told: if before { FamilyTold::Told } else { FamilyTold::Protection },
        told_on: parts.happened.day(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Moment;

    #[test]
    fn a_step_tells_what_the_board_keeps() {
        let at = Moment(1_795_000_000_000);
        let parts = |marks: &[&str], code: &str| StepParts {
            marks: marks.iter().map(|mark| (*mark).to_owned()).collect(),
            code: Some(code.to_owned()),
            ..StepParts::at(at)
        };
        let facts = told(&parts(&["confirmed", "became-active"], "no")).unwrap();
        assert_eq!((facts.confirmed, facts.became_active, facts.still_active), (YesNo::Yes, YesNo::Yes, YesNo::No));
        assert_eq!((facts.family_told, facts.told_on), (FamilyTold::Protection, at.day()));
        assert_eq!(told(&parts(&[], "yes")).unwrap().family_told, FamilyTold::Told);
        assert_eq!(told(&parts(&["still-active"], "yes")), Err(FEEDBACK_UNLIKELY.broken_at("marks")));
    }
}
