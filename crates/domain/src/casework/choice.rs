// SPDX-License-Identifier: EUPL-1.2
//! Wish and choice (§ 5 SGB VIII): the family is told that it may choose; what it wishes is followed unless that
//! costs out of proportion; whoever does not follow it says why (§ 35 SGB X).

use crate::access::codes;
use crate::kernel::{Day, Note, Refusal, Rule};

/// Nobody said whether a wish was voiced.
pub const WISH_MISSING: Rule = Rule::new("commission.wish_missing", "§ 5 SGB VIII");
/// Told on a day that has not come.
pub const WISH_TOLD_IN_FUTURE: Rule = Rule::new("commission.wish_told_in_future", "Aktenwahrheit");
/// A wish without its words.
pub const WISH_WORDS_MISSING: Rule = Rule::new("commission.wish_words_missing", "§ 5(1) SGB VIII");
/// A wish was voiced; nobody said whether it is followed.
pub const WISH_ANSWER_MISSING: Rule = Rule::new("commission.wish_answer_missing", "§ 5(2) SGB VIII");
/// A wish is not followed, and nobody said why.
pub const WISH_REASON_MISSING: Rule = Rule::new("commission.wish_reason_missing", "§ 5(2) SGB VIII; § 35 SGB X");
/// Costs out of proportion without the comparison that shows it.
pub const WISH_COMPARISON_MISSING: Rule = Rule::new("commission.wish_comparison_missing", "§ 5(2) Satz 1 SGB VIII");

codes! {
    /// What became of a wish. There is no default: nothing is ticked beforehand (N24).
    #[doc(alias = "Umgang mit dem Wunsch")]
    WishAnswer {
        /// No wish was voiced.
        NotVoiced = "not-voiced",
        /// It is followed.
        Followed = "followed",
        /// Not followed: it would cost out of proportion.
        TooCostly = "too-costly",
        /// Not followed for another reason.
        OtherReason = "other-reason",
    }
}

/// Wish and choice as it was kept. Only [`choose`] and [`WishAndChoice::not_voiced`] make one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Wunsch- und Wahlrecht")]
pub struct WishAndChoice {
    told_on: Option<Day>,
    answer: WishAnswer,
    words: Option<Note>,
    why: Option<Note>,
}

/// What was typed about wish and choice.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Angaben zum Wunsch- und Wahlrecht")]
pub struct NewWish {
    /// The family was told of its right on this day; `None` is a gap that the page shows.
    pub told_on: Option<Day>,
    /// What became of the wish.
    pub answer: Option<WishAnswer>,
    /// The wish, in the family's own words.
    pub words: Option<Note>,
    /// Why it is not followed; for costs, the comparison.
    pub why: Option<Note>,
}

impl WishAndChoice {
    /// The family was told, and voiced no wish.
    #[must_use]
    pub fn not_voiced(told_on: Option<Day>) -> Self {
        Self { told_on, answer: WishAnswer::NotVoiced, words: None, why: None }
    }
    /// When the family was told of its right.
    #[must_use]
    pub fn told_on(&self) -> Option<Day> {
        self.told_on
    }
    /// What became of the wish.
    #[must_use]
    pub fn answer(&self) -> WishAnswer {
        self.answer
    }
    /// The wish, in the family's own words.
    #[must_use]
    pub fn words(&self) -> Option<&Note> {
        self.words.as_ref()
    }
    /// Why it is not followed.
    #[must_use]
    pub fn why(&self) -> Option<&Note> {
        self.why.as_ref()
    }
}

/// Takes down wish and choice.
///
/// # Errors
/// The rules of this file that are broken, together.
pub fn choose(new: NewWish, today: Day) -> Result<WishAndChoice, Vec<Refusal>> {
    let mut wrong = Vec::new();
    let NewWish { told_on, answer, words, why } = new;
    if told_on.is_some_and(|day| day > today) {
        wrong.push(WISH_TOLD_IN_FUTURE.broken_at("wish_told_on"));
    }
    let Some(answer) = answer else {
        // Words without an answer: what is missing is whether they are followed.
        let missing = if words.is_some() { WISH_ANSWER_MISSING } else { WISH_MISSING };
        wrong.push(missing.broken_at("wish_answer"));
        return Err(wrong);
    };
    let voiced = answer != WishAnswer::NotVoiced;
    if voiced && words.is_none() {
        wrong.push(WISH_WORDS_MISSING.broken_at("wish"));
    }
    if !voiced && words.is_some() {
        wrong.push(WISH_ANSWER_MISSING.broken_at("wish_answer"));
    }
    match (answer, &why) {
        (WishAnswer::TooCostly, None) => wrong.push(WISH_COMPARISON_MISSING.broken_at("wish_why")),
        (WishAnswer::OtherReason, None) => wrong.push(WISH_REASON_MISSING.broken_at("wish_why")),
        _ => {}
    }
    if wrong.is_empty() { Ok(WishAndChoice { told_on, answer, words, why }) } else { Err(wrong) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(told: &str, answer: Option<WishAnswer>, words: &str, why: &str, expected: &[&str]) {
        let new = NewWish {
            told_on: Day::parse(told).ok(),
            answer,
            words: Note::optional(words).unwrap(),
            why: Note::optional(why).unwrap(),
        };
        let outcome = choose(new, Day::parse("2026-11-20").unwrap());
        let codes: Vec<_> = outcome.err().unwrap_or_default().iter().map(|refusal| refusal.rule.code()).collect();
        assert_eq!(codes, expected, "{told} {answer:?} {words} {why}");
    }

    #[test]
    fn nothing_is_taken_for_a_wish_and_nothing_for_its_lack() {
        check("2026-11-19", None, "", "", &["commission.wish_missing"]);
        check("2026-11-19", None, "Lotse", "", &["commission.wish_answer_missing"]);
        check("2026-11-19", Some(WishAnswer::NotVoiced), "", "", &[]);
        check("2026-11-19", Some(WishAnswer::NotVoiced), "Lotse", "", &["commission.wish_answer_missing"]);
        check("2026-11-19", Some(WishAnswer::Followed), "Lotse", "", &[]);
        check("2026-11-19", Some(WishAnswer::Followed), "", "", &["commission.wish_words_missing"]);
    }

    #[test]
    fn whoever_does_not_follow_a_wish_says_why() {
        check("", Some(WishAnswer::TooCostly), "Lotse", "", &["commission.wish_comparison_missing"]);
        check("", Some(WishAnswer::OtherReason), "Lotse", "", &["commission.wish_reason_missing"]);
        check("", Some(WishAnswer::TooCostly), "Lotse", "Lotse 92 €, Anker 61 € je Stunde", &[]);
        check(
            "",
            Some(WishAnswer::OtherReason),
            "",
            "",
            &["commission.wish_words_missing", "commission.wish_reason_missing"],
        );
    }

    #[test]
    fn nobody_was_told_tomorrow() {
        check("2026-11-21", Some(WishAnswer::NotVoiced), "", "", &["commission.wish_told_in_future"]);
        check("2026-11-20", Some(WishAnswer::NotVoiced), "", "", &[]);
    }
}
