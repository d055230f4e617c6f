// SPDX-License-Identifier: EUPL-1.2
//! Less of a help from a day on: a decision of its own (§ 36(2) SGB VIII), so it asks for what every decision asks for.
//! What the plan says goes on; what somebody *did* for the decision before (telling of rights, hearing the child,
//! weighing, talking) was done then and not now. It is said anew or it is missing, never taken over (N24).

use super::choice::{NewWish, WishAndChoice, WishAnswer, choose};
use super::decision::{DecisionDraft, HelpKind, Occasion};
use super::details::{Attendance, Extent, PlanDetails, PlanPart};
use super::plan::{PlanContent, PlanSection};
use crate::access::codes;
use crate::kernel::{Balance, Day, Line, Note, Period, Quantity, Refusal, Rule};

/// A step down begins before its help did, or after it ends.
pub const STEP_DOWN_OUTSIDE: Rule = Rule::new("review.step_down_outside", "§ 36(2) SGB VIII");
/// A step down that is none.
pub const STEP_DOWN_NOT_LESS: Rule = Rule::new("review.step_down_not_less", "§ 36(2) SGB VIII");
/// Without a price nothing is worked out anew.
pub const STEP_DOWN_WITHOUT_PRICE: Rule = Rule::new("review.step_down_without_price", "Preis × Menge × Wochen");
/// Its end is on record: whoever takes that end back later would have the help twice.
pub const STEP_DOWN_ENDED: Rule = Rule::new("review.step_down_ended", "Eindeutigkeit");

codes! {
    /// How the family stands to less help, or to its end. There is no default: nothing is ticked beforehand (N24).
    #[doc(alias = "Haltung der Familie")]
    FamilyStand {
        /// It agrees.
        Agrees = "agrees",
        /// It is against it.
        Against = "against",
    }
}

/// What was done for one decision and has to be done anew for the next.
const DONE_ANEW: [PlanPart; 2] = [PlanPart::ChildHeard, PlanPart::Hearing];

/// Less of a help from a day on, as typed. Everything that may be missing is a gap and no barrier.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Reduzierung der Hilfe")]
pub struct StepDown {
    /// From.
    pub from: Day,
    /// Hours or days a week, places, or lump sums a month.
    pub quantity: Quantity,
    /// Why.
    pub reasons: Note,
    /// Professionals who worked together.
    pub professionals: Vec<Line>,
    /// What else was weighed.
    pub alternatives: Vec<Line>,
    /// The family was told of its rights, wish and choice among them, on this day.
    pub rights_told_on: Option<Day>,
    /// Who talked about it.
    pub attendance: Vec<Attendance>,
    /// How the child was heard.
    pub child_heard: Option<Note>,
    /// How the family stands to it.
    pub stand: Option<FamilyStand>,
    /// How the family was heard before (§ 24(1) SGB X).
    pub hearing: Option<Note>,
    /// What became of a wish (§ 5 SGB VIII); there is no default.
    pub wish_answer: Option<WishAnswer>,
    /// The wish, in the family's own words.
    pub wish: Option<Note>,
    /// Why it is not followed.
    pub wish_why: Option<Note>,
    /// The next review.
    pub review_on: Day,
    /// What may still be invoiced of the time before.
    pub still_due: Balance,
    /// The sections of the plan that go to the agency; somebody chose them (§ 64(2) SGB VIII).
    pub sections: Vec<PlanSection>,
    /// Why something is missing.
    pub gaps_reason: Option<Note>,
}

impl StepDown {
    /// The decision says what the plan before said, with less of it.
    ///
    /// # Errors
    /// Where a kept text does not fit its field any more.
    pub fn draft(
        &self,
        kind: HelpKind,
        (period, extent): (Period, Option<Extent>),
        (before, review_months): (&PlanContent, Option<i32>),
    ) -> Result<DecisionDraft, Refusal> {
        let mut parts = Vec::new();
        for (code, words) in &before.parts {
            // What was frozen with the plan beside its parts (the support package) is frozen anew.
            match PlanPart::from_code(code) {
                Some(part) if !DONE_ANEW.contains(&part) => parts.push((part, Note::parse(words)?)),
                _ => {}
            }
        }
        let anew = [(PlanPart::ChildHeard, &self.child_heard), (PlanPart::Hearing, &self.hearing)];
        parts.extend(anew.into_iter().filter_map(|(part, words)| Some((part, words.clone()?))));
        parts.sort_by_key(|(part, _)| *part);
        let services = Note::optional(&before.services)?;
        Ok(DecisionDraft {
            granted: true,
            kind,
            period,
            reasons: Some(self.reasons.clone()),
            professionals: self.professionals.clone(),
            alternatives: self.alternatives.clone(),
            rights_told_on: self.rights_told_on,
            review_on: self.review_on,
            details: PlanDetails { services, extent, attendance: self.attendance.clone(), review_months, parts },
            gaps_reason: self.gaps_reason.clone(),
            // It decides no application (§ 14 SGB IX): the one behind the help was decided when it began.
            occasion: Occasion { application: None, burdens: self.burdens() },
        })
    }

    /// Less than the family wants, or nobody knows what it wants: then it is heard before (§ 24(1) SGB X).
    #[must_use]
    pub fn burdens(&self) -> bool {
        self.stand != Some(FamilyStand::Agrees)
    }

    /// Wish and choice of the family.
    ///
    /// # Errors
    /// Those of [`choose`].
    pub fn wish_and_choice(&self, today: Day) -> Result<WishAndChoice, Vec<Refusal>> {
        let told_on = self.rights_told_on.filter(|day| *day <= today);
        let new = NewWish { told_on, answer: self.wish_answer, words: self.wish.clone(), why: self.wish_why.clone() };
        choose(new, today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::gaps::{CaseFacts, Gap, gaps};
    use crate::casework::plan::tests::content;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn note(text: &str) -> Option<Note> {
        Note::parse(text).ok()
    }

    fn bare() -> StepDown {
        StepDown {
            from: day("2026-12-22"),
            quantity: Quantity::parse("3").unwrap(),
            reasons: Note::parse("Drei Stunden reichen.").unwrap(),
            professionals: Vec::new(),
            alternatives: Vec::new(),
            rights_told_on: None,
            attendance: Vec::new(),
            child_heard: None,
            stand: None,
            hearing: None,
            wish_answer: None,
            wish: None,
            wish_why: None,
            review_on: day("2027-06-15"),
            still_due: Balance::from_cents(0),
            sections: Vec::new(),
            gaps_reason: None,
        }
    }

    fn before() -> PlanContent {
        let all = PlanPart::ALL.iter().map(|part| (part.code().to_owned(), "Stand da.".to_owned()));
        PlanContent { parts: all.collect(), services: "Begleitung".to_owned(), ..content() }
    }

    fn draft(new: &StepDown) -> DecisionDraft {
        let period = Period::new(new.from, Some(day("2027-08-31"))).unwrap();
        new.draft(HelpKind::Residential, (period, None), (&before(), Some(3))).unwrap()
    }

    fn facts() -> CaseFacts {
        CaseFacts { minor: true, need: true, will: true, goal: true, strength: true, ..CaseFacts::default() }
    }

    #[test]
    fn everything_the_plan_said_goes_on_and_nothing_that_was_done_is_made_up() {
        let made = draft(&StepDown { gaps_reason: note("Eilt."), ..bare() });
        for part in PlanPart::ALL {
            assert_eq!(made.details.has(*part), !DONE_ANEW.contains(part), "{}", part.code());
        }
        assert_eq!(made.details.services, note("Begleitung"));
        assert_eq!((made.gaps_reason.clone(), made.details.review_months), (note("Eilt."), Some(3)));
        assert_eq!((made.rights_told_on, made.professionals.len(), made.alternatives.len()), (None, 0, 0));
        let lacks = gaps(&made, &facts());
        for gap in [Gap::RightsHint, Gap::ChildNotHeard, Gap::FewProfessionals, Gap::NoAlternative, Gap::NobodyPresent]
        {
            assert!(lacks.contains(&gap), "{}", gap.code());
        }
        for gap in [Gap::NoPerspective, Gap::NoCooperation, Gap::NoMaintenance, Gap::NoGuard, Gap::NoSiblings] {
            assert!(!lacks.contains(&gap), "{}", gap.code());
        }
    }

    #[test]
    fn w29_less_against_the_wish_asks_for_the_hearing() {
        let asks =
            |stand, hearing| gaps(&draft(&StepDown { stand, hearing, ..bare() }), &facts()).contains(&Gap::NoHearing);
        assert!(asks(None, None), "whoever was not asked did not agree");
        assert!(asks(Some(FamilyStand::Against), None));
        assert!(!asks(Some(FamilyStand::Against), note("Am 1.12. im Amt; sie hält es für zu früh.")));
        assert!(!asks(Some(FamilyStand::Agrees), None));
    }

    #[test]
    fn n24_a_wish_is_asked_for() {
        let today = day("2026-12-15");
        assert!(bare().wish_and_choice(today).is_err());
        let told = StepDown { rights_told_on: Some(today), wish_answer: Some(WishAnswer::NotVoiced), ..bare() };
        assert_eq!(told.wish_and_choice(today).unwrap().told_on(), Some(today));
    }
}
