// SPDX-License-Identifier: EUPL-1.2
//! The ladder of goals: action goals under a direction goal, and how far each was reached in the eyes of each
//! side. Nobody's rating counts more than another's, none is overwritten, none is computed (process.md 1.4).

use crate::access::codes;
use crate::kernel::{Day, Note, PersonId, Refusal, Rule};

/// Nobody rated tomorrow.
pub const RATED_IN_FUTURE: Rule = Rule::new("goal.rated_in_future", "Aktenwahrheit");
/// Nobody rated a goal before it was agreed.
pub const RATED_BEFORE_AGREED: Rule = Rule::new("goal.rated_before_agreed", "Aktenwahrheit");
/// The end of an action goal lies before its beginning.
pub const DUE_BEFORE_AGREED: Rule = Rule::new("goal.due_before_agreed", "Aktenwahrheit");

codes! {
    /// Who says how far a goal was reached.
    #[doc(alias = "Wer bewertet")]
    Rater {
        /// The child or young person.
        Child = "child",
        /// The parents or the family as a whole.
        Family = "family",
        /// The agency; the office writes down what it said, with the day.
        Agency = "agency",
        /// The office.
        Office = "office",
    }
}

codes! {
    /// How far: five steps, and one that is no step. A goal that is no longer pursued because the will changed
    /// was not missed.
    #[doc(alias = "Zielerreichung")]
    GoalLevel {
        /// Nothing yet.
        NotReached = "not-reached",
        /// A beginning.
        Begun = "begun",
        /// About half.
        Half = "half",
        /// For the most part.
        Mostly = "mostly",
        /// Reached.
        Reached = "reached",
        /// No longer pursued; stands outside the steps.
        Dropped = "dropped",
    }
}

/// An action goal as typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Handlungsziel")]
pub struct NewStep {
    /// What will be so, and what the person does for it.
    pub words: Note,
    /// Whose step.
    pub owner: PersonId,
    /// Agreed on.
    pub agreed_on: Day,
    /// Until when.
    pub due_on: Option<Day>,
}

impl NewStep {
    /// Checks what can only be a slip; everything else is a hint.
    ///
    /// # Errors
    /// [`DUE_BEFORE_AGREED`].
    pub fn check(&self) -> Result<(), Refusal> {
        if self.due_on.is_some_and(|due| due < self.agreed_on) {
            return Err(DUE_BEFORE_AGREED.broken_at("due_on"));
        }
        Ok(())
    }
}

/// A rating as typed.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Zielbewertung")]
pub struct NewRating {
    /// Who says so.
    pub rater: Rater,
    /// How far.
    pub level: GoalLevel,
    /// Said on.
    pub said_on: Day,
    /// In the rater's own words.
    pub words: Option<Note>,
}

/// Checks a rating against the goal's day. It never replaces another one.
///
/// # Errors
/// [`RATED_IN_FUTURE`], [`RATED_BEFORE_AGREED`].
pub fn rate(rating: &NewRating, agreed_on: Day, today: Day) -> Result<(), Refusal> {
    if rating.said_on > today {
        return Err(RATED_IN_FUTURE.broken_at("said_on"));
    }
    if rating.said_on < agreed_on {
        return Err(RATED_BEFORE_AGREED.broken_at("said_on"));
    }
    Ok(())
}

codes! {
    /// What may be missing from an action goal. It advises and never blocks: a clumsy goal in somebody's own words
    /// is worth more than a smooth one in the office's.
    #[doc(alias = "SMART-Hinweis")]
    SmartHint {
        /// No day until when (terminiert).
        NoDay = "no-day",
        /// Nothing to count or see (messbar).
        NoMeasure = "no-measure",
        /// Says what is to stop instead of what will be (attraktiv).
        Avoids = "avoids",
        /// More than one thing at once (spezifisch).
        Many = "many",
    }
}

/// Words that count or say how often.
const COUNTING: &[&str] = &[
    "ein",
    "zwei",
    "drei",
    "vier",
    "fünf",
    "sechs",
    "sieben",
    "jeden",
    "jede",
    "jedes",
    "täglich",
    "einmal",
    "zweimal",
    "dreimal",
    "viermal",
    "fünfmal",
    "wöchentlich",
];
/// Words of avoiding.
const AVOIDING: &[&str] = &["nicht", "kein", "keine", "keinen", "nie", "weniger", "aufhören", "ohne"];

/// Hints on an action goal.
#[must_use]
pub fn smart_hints(words: &str, due_on: Option<Day>) -> Vec<SmartHint> {
    let lower = words.to_lowercase();
    let said: Vec<&str> = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| said.iter().any(|word| list.contains(word));
    let counts = words.chars().any(|sign| sign.is_ascii_digit()) || has(COUNTING);
    let joined = said.iter().filter(|word| ["und", "sowie"].contains(word)).count();
    let all = [
        (SmartHint::NoDay, due_on.is_none()),
        (SmartHint::NoMeasure, !counts),
        (SmartHint::Avoids, has(AVOIDING)),
        (SmartHint::Many, joined > 1),
    ];
    all.into_iter().filter(|(_, missing)| *missing).map(|(hint, _)| hint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn hints_say_what_may_be_missing() {
        let check = |words: &str, due: &str, expected: &[SmartHint]| {
            assert_eq!(smart_hints(words, Day::parse(due).ok()), expected, "{words}");
        };
        check("Ich bringe Leyla an vier Tagen in der Woche zur Schule.", "2027-02-01", &[]);
        check("Wir essen dreimal in der Woche zusammen.", "2027-02-01", &[]);
        check("Ich bringe Leyla jeden Morgen zur Schule.", "", &[SmartHint::NoDay]);
        check("Es läuft besser.", "2027-02-01", &[SmartHint::NoMeasure]);
        check("Ich schreie 1 Woche nicht.", "2027-02-01", &[SmartHint::Avoids]);
        check("Ich koche und putze und räume jeden Tag auf.", "2027-02-01", &[SmartHint::Many]);
        check("", "", &[SmartHint::NoDay, SmartHint::NoMeasure]);
        check("Wir reden, notfalls auch 2 Minuten.", "2027-02-01", &[]);
    }

    #[test]
    fn a_rating_lies_between_the_agreement_and_today() {
        let check = |said: &str, expected: Result<(), Rule>| {
            let rating = NewRating { rater: Rater::Child, level: GoalLevel::Half, said_on: day(said), words: None };
            let outcome = rate(&rating, day("2026-10-01"), day("2026-11-20"));
            assert_eq!(outcome.map_err(|refusal| refusal.rule), expected, "{said}");
        };
        check("2026-09-30", Err(RATED_BEFORE_AGREED));
        check("2026-10-01", Ok(()));
        check("2026-11-20", Ok(()));
        check("2026-11-21", Err(RATED_IN_FUTURE));
    }

    #[test]
    fn a_step_ends_after_it_begins() {
        let step = |due: &str| NewStep {
            words: Note::parse("Ich gehe hin.").unwrap(),
            owner: PersonId(uuid::Uuid::nil()),
            agreed_on: day("2026-11-20"),
            due_on: Day::parse(due).ok(),
        };
        assert!(step("").check().is_ok() && step("2026-11-20").check().is_ok());
        assert_eq!(step("2026-11-19").check(), Err(DUE_BEFORE_AGREED.broken_at("due_on")));
    }
}
