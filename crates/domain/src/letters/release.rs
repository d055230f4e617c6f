// SPDX-License-Identifier: EUPL-1.2
//! From a draft to a letter that counts: what has to be there, whose eyes have to see it, when it counts as known.

use super::about::{LETTER_ABOUT_UNCLEAR, LETTER_CHILDREN_UNCLEAR};
use super::field::{Ask, LetterField};
use super::kind::LetterKind;
use crate::access::codes;
use crate::deadlines::{Calendar, DeadlineRule, announced, count};
use crate::kernel::{Amount, Balance, Day, Line, Note, Refusal, Refusals, Rule, UserId};

/// The worker has not answered everything the letter asks.
pub const LETTER_ANSWER_MISSING: Rule = Rule::new("letter.answer_missing", "§ 33(1) SGB X");
/// There is no fixed plan on which the letter could stand.
pub const LETTER_NO_PLAN: Rule = Rule::new("letter.no_plan", "§ 36a(1) SGB VIII");
/// The office has not said where a remedy is lodged.
pub const LETTER_NO_REMEDY: Rule = Rule::new("letter.no_remedy", "§ 36 SGB X");
/// Writer and second pair of eyes are one person.
pub const LETTER_EYES_SAME: Rule = Rule::new("letter.eyes_same", "Dienstanweisung");
/// A released letter is not changed any more.
pub const LETTER_FIXED: Rule = Rule::new("letter.fixed", "Aktenwahrheit");
/// The words to a reporter are fixed.
pub const LETTER_WORDS_FIXED: Rule = Rule::new("letter.words_fixed", "§ 64(4) SGB VIII, § 4(4) KKG");
/// What the reporter may be told has not been kept with the report yet.
pub const LETTER_FACTS_MISSING: Rule = Rule::new("letter.facts_missing", "§ 4(4) KKG");
/// A template that holds since yesterday: letters of then would seem to be made of it.
pub const TEMPLATE_BACKDATED: Rule = Rule::new("letter.template_backdated", "Aktenwahrheit");
/// Nobody to whom it goes.
pub const LETTER_RECIPIENT_MISSING: Rule = Rule::new("letter.recipient_missing", "§ 37(1) SGB X");
/// It stays in the file and is not sent.
pub const LETTER_STAYS: Rule = Rule::new("letter.stays", "§ 29 SGB X");
/// It was withdrawn after its release.
pub const LETTER_RECALLED: Rule = Rule::new("letter.recalled", "Aktenwahrheit");
/// Something should not be, and nobody said why it leaves all the same (W30, W31).
pub const LETTER_ANYWAY_MISSING: Rule = Rule::new("letter.anyway_missing", "§ 66(3) SGB I, § 67b(2) SGB X");
/// Sent before it was released.
pub const LETTER_DISPATCH_EARLY: Rule = Rule::new("letter.dispatch_early", "Aktenwahrheit");
/// Sent tomorrow.
pub const LETTER_DISPATCH_FUTURE: Rule = Rule::new("letter.dispatch_future", "Aktenwahrheit");

codes! {
    /// For which letters a second person has to look. No law asks for it; an office may.
    #[doc(alias = "Vier-Augen-Prinzip")]
    FourEyes {
        /// For administrative acts.
        Acts = "acts",
        /// For all letters.
        All = "all",
        /// For none.
        Nothing = "nothing",
    }
}

codes! {
    /// How a letter leaves.
    #[doc(alias = "Versandart")]
    Way {
        /// By post.
        Post = "post",
        /// Electronically.
        Electronic = "electronic",
        /// Handed over: known at once.
        Handed = "handed",
    }
}

codes! {
    /// Which remedy the Land gives against an act of the office.
    #[doc(alias = "Rechtsbehelf")]
    Remedy {
        /// Objection (§ 68 VwGO).
        Objection = "objection",
        /// Action at once, where the Land has no objection.
        Action = "action",
        /// Either, as the person likes.
        Either = "either",
    }
}

/// What an office's letters say everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Briefkopf")]
pub struct House {
    /// Address, telephone, opening hours: a line each.
    pub contact: Note,
    /// Which remedy there is.
    pub remedy: Remedy,
    /// Where an objection is lodged, with the seat (§ 36 SGB X).
    pub objection_at: Option<Line>,
    /// Where an action is brought, with the seat.
    pub action_at: Option<Line>,
    /// The ombuds office (§ 9a SGB VIII).
    pub ombuds: Option<Line>,
    /// The data protection officer (Art. 37 DSGVO).
    pub officer: Option<Line>,
    /// Whose letters need a second pair of eyes.
    pub eyes: FourEyes,
}

impl House {
    /// Is everything there that the remedy needs?
    ///
    /// # Errors
    /// [`LETTER_NO_REMEDY`] at the field that is empty.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.remedy != Remedy::Action && self.objection_at.is_none() {
            return Err(LETTER_NO_REMEDY.broken_at("objection_at"));
        }
        if self.remedy != Remedy::Objection && self.action_at.is_none() {
            return Err(LETTER_NO_REMEDY.broken_at("action_at"));
        }
        Ok(())
    }

    /// Does a letter of this kind need a second person?
    #[must_use]
    pub fn wants_two(&self, kind: LetterKind) -> bool {
        match self.eyes {
            FourEyes::Acts => kind.is_act() || kind == LetterKind::FileAccess,
            FourEyes::All => true,
            FourEyes::Nothing => false,
        }
    }
}

/// May this letter be released by this person?
///
/// # Errors
/// What was found in the case before (`obstacles`); [`LETTER_NO_PLAN`], [`LETTER_CHILDREN_UNCLEAR`],
/// [`LETTER_NO_REMEDY`], [`LETTER_EYES_SAME`], [`LETTER_ANSWER_MISSING`].
pub fn may_release(
    kind: LetterKind,
    missing: &[LetterField],
    house: Option<&House>,
    (writer, releaser): (UserId, UserId),
    obstacles: &[Refusal],
) -> Result<(), Refusals> {
    let mut refusals = Refusals::default();
    obstacles.iter().for_each(|obstacle| refusals.note(*obstacle));
    let unclear = |rule: Rule| obstacles.iter().any(|obstacle| obstacle.rule == rule);
    let from_plan = |field: &LetterField| {
        matches!(field, LetterField::Help | LetterField::HelpParagraph | LetterField::HelpFrom | LetterField::ReviewOn)
    };
    if missing.iter().any(from_plan) && !unclear(LETTER_ABOUT_UNCLEAR) {
        refusals.note(LETTER_NO_PLAN.broken());
    }
    let nobody = missing.contains(&LetterField::Children);
    if nobody && !unclear(LETTER_CHILDREN_UNCLEAR) {
        refusals.note(LETTER_CHILDREN_UNCLEAR.broken());
    }
    if missing.iter().any(|field| !from_plan(field) && *field != LetterField::Children) {
        refusals.note(LETTER_ANSWER_MISSING.broken());
    }
    if kind.has_remedy() && house.is_none_or(|house| house.check().is_err()) {
        refusals.note(LETTER_NO_REMEDY.broken());
    }
    let two = house.map_or_else(|| kind.is_act(), |house| house.wants_two(kind));
    if two && writer == releaser {
        refusals.note(LETTER_EYES_SAME.broken());
    }
    refusals.finish(Some(()))
}

/// A letter on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Versand")]
pub struct Dispatch {
    /// When it was posted, sent or handed over.
    pub sent_on: Day,
    /// How.
    pub way: Way,
}

impl Dispatch {
    /// Can it have left on that day?
    ///
    /// # Errors
    /// [`LETTER_DISPATCH_EARLY`], [`LETTER_DISPATCH_FUTURE`].
    pub fn check(&self, released_on: Day, today: Day) -> Result<(), Refusal> {
        if self.sent_on < released_on {
            return Err(LETTER_DISPATCH_EARLY.broken_at("sent_on"));
        }
        if self.sent_on > today {
            return Err(LETTER_DISPATCH_FUTURE.broken_at("sent_on"));
        }
        Ok(())
    }

    /// When it counts as known: the fourth day after posting (§ 37(2) SGB X), the very day when handed over.
    #[must_use]
    pub fn known_on(&self) -> Day {
        if self.way == Way::Handed { self.sent_on } else { announced(self.sent_on).0 }
    }

    /// The month for a remedy, counted from the fourth day after posting or from the very day when handed over.
    #[must_use]
    pub const fn remedy_rule(&self) -> DeadlineRule {
        match self.way {
            Way::Handed => DeadlineRule::ObjectionHanded,
            _ => DeadlineRule::Objection,
        }
    }

    /// The last day of the month for a remedy (§ 70, § 74 VwGO), as far as the office knows.
    #[must_use]
    pub fn remedy_until(&self, calendar: &Calendar) -> Day {
        let rule = self.remedy_rule();
        count(rule.span(), rule.at_end(), self.known_on(), calendar).due()
    }
}

/// Reads a worker's answer as the placeholder wants it.
///
/// # Errors
/// Of the day, the amount or the text.
pub fn parse_answer(field: LetterField, text: &str) -> Result<Option<String>, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    Ok(Some(match field.ask() {
        Some(Ask::Day) => Day::parse(text)?.german(),
        Some(Ask::Euro) => Balance::from_cents(Amount::parse_euro(text)?.cents()).german(),
        Some(Ask::Line) => Line::parse(text)?.as_str().to_owned(),
        _ => Note::parse(text)?.as_str().to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::compute;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn house(eyes: FourEyes) -> House {
        House {
            contact: Note::parse("Rathausplatz 1").unwrap(),
            remedy: Remedy::Objection,
            objection_at: Line::optional("Stadt Musterhafen, Rathausplatz 1").unwrap(),
            action_at: None,
            ombuds: None,
            officer: None,
            eyes,
        }
    }

    fn user(n: u128) -> UserId {
        UserId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn an_act_needs_a_remedy_reasons_a_plan_and_a_second_person() {
        let release = |missing: &[LetterField], house: Option<&House>, releaser| {
            let outcome = may_release(LetterKind::Grant, missing, house, (user(1), user(releaser)), &[]);
            outcome.err().map(|all| all.list().iter().map(|one| one.rule).collect::<Vec<_>>()).unwrap_or_default()
        };
        let ours = house(FourEyes::Acts);
        assert_eq!(release(&[], Some(&ours), 2), []);
        assert_eq!(release(&[], Some(&ours), 1), [LETTER_EYES_SAME]);
        assert_eq!(release(&[], None, 2), [LETTER_NO_REMEDY]);
        assert_eq!(release(&[LetterField::Reasons], Some(&ours), 2), [LETTER_ANSWER_MISSING]);
        assert_eq!(release(&[LetterField::Help], Some(&ours), 2), [LETTER_NO_PLAN]);
        assert_eq!(release(&[], Some(&House { objection_at: None, ..ours.clone() }), 2), [LETTER_NO_REMEDY]);
        assert_eq!(release(&[], Some(&house(FourEyes::Nothing)), 1), []);
        let note = may_release(LetterKind::Invitation, &[], None, (user(1), user(1)), &[]);
        assert_eq!(note, Ok(()), "an invitation needs neither");
        assert!(
            may_release(LetterKind::Invitation, &[], Some(&house(FourEyes::All)), (user(1), user(1)), &[]).is_err()
        );
        let unclear = [LETTER_ABOUT_UNCLEAR.broken_at("about")];
        let refused = may_release(LetterKind::PlanCopy, &[LetterField::Help], None, (user(1), user(1)), &unclear);
        assert_eq!(refused.unwrap_err().list(), unclear, "which decision, and no talk of a missing one");
    }

    #[test]
    fn the_fourth_day_begins_the_month() {
        let calendar = Calendar::from_code("NI").unwrap();
        for (way, sent, known, until) in [
            (Way::Post, "2026-11-23", "2026-11-27", "2026-12-28"),
            // The fourth day is a Sunday and stays one; the month's end moves to Monday.
            (Way::Electronic, "2026-11-25", "2026-11-29", "2026-12-29"),
            (Way::Handed, "2026-11-23", "2026-11-23", "2026-12-23"),
        ] {
            let dispatch = Dispatch { sent_on: day(sent), way };
            assert_eq!((dispatch.known_on(), dispatch.remedy_until(&calendar)), (day(known), day(until)));
            let raised = compute(dispatch.remedy_rule(), dispatch.sent_on, &calendar).due();
            assert_eq!(raised, day(until), "what is raised falls on the same day");
        }
    }

    #[test]
    fn a_letter_leaves_after_its_release_and_not_tomorrow() {
        let check =
            |sent: &str| Dispatch { sent_on: day(sent), way: Way::Post }.check(day("2026-11-20"), day("2026-11-23"));
        assert_eq!(check("2026-11-20"), Ok(()));
        assert_eq!(check("2026-11-19"), Err(LETTER_DISPATCH_EARLY.broken_at("sent_on")));
        assert_eq!(check("2026-11-24"), Err(LETTER_DISPATCH_FUTURE.broken_at("sent_on")));
    }

    #[test]
    fn answers_are_read_as_their_placeholder_wants_them() {
        assert_eq!(parse_answer(LetterField::Until, "2026-12-14"), Ok(Some("14.12.2026".into())));
        assert_eq!(parse_answer(LetterField::Amount, "1250"), Ok(Some("1.250,00 €".into())));
        assert_eq!(parse_answer(LetterField::Place, "  "), Ok(None));
        assert!(parse_answer(LetterField::Until, "bald").is_err());
    }
}
