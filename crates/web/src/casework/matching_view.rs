// SPDX-License-Identifier: EUPL-1.2
//! Cards that fit, in German, by how near they are to everyday life.

use crate::kit::{t, t_with};
use crate::resources::{CardView, View};
use app::casework::matching::{MatchPage, ReachView};
use app::resources::Fitting;
use domain::kernel::Day;
use domain::resources::{Fit, Step};
use uuid::Uuid;

/// A card that fits.
pub struct MatchCard {
    /// The card.
    pub card: CardView,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// The key of its form.
    pub key: Uuid,
}

/// Steps with their cards; steps without cards are left out.
pub fn sections(shown: &MatchPage, today: Day, key: impl Fn() -> Uuid) -> Vec<(&'static str, Vec<MatchCard>)> {
    let card = |one: &Fitting| MatchCard {
        card: CardView::of(&one.card, View::Inside, today),
        why: one.fit.why.iter().map(|fit| sentence(fit, &shown.reaches)).collect(),
        key: key(),
    };
    let of = |step: &Step| shown.cards.iter().filter(|one| one.fit.step == *step).map(card).collect::<Vec<_>>();
    Step::ALL.iter().map(|step| (step.code(), of(step))).filter(|(_, cards)| !cards.is_empty()).collect()
}

/// `600 m`, `1 km`.
pub fn metres(metres: i64) -> String {
    if metres % 1_000 == 0 { format!("{} km", metres / 1_000) } else { format!("{metres} m") }
}

/// Why a card fits. A missing free place or a long way is a reason, too, and is said.
pub fn sentence(fit: &Fit, reaches: &[ReachView]) -> String {
    let number = |key: &str, x: i64| t_with(key, &[("x", &x.to_string())]);
    match fit {
        Fit::Word(word) => t_with("match-fit-word", &[("x", word)]),
        Fit::Language(language) => t_with("match-fit-language", &[("x", &t(&format!("lang-{}", language.code())))]),
        Fit::Age(age) => number("match-fit-age", *age),
        Fit::Walk(minutes, metres) => {
            let far = (metres + 5) / 10 * 10;
            t_with("match-fit-walk", &[("x", &minutes.to_string()), ("y", &far.to_string())])
        }
        Fit::InReach(at) => {
            let who = reaches.get(*at).map_or("", |reach| reach.person.as_str());
            t_with("match-fit-reach", &[("x", who)])
        }
        Fit::BeyondBorder => t("match-fit-beyond"),
        Fit::FreePlaces(places) => number("match-fit-free-places", *places),
        Fit::Waiting(waiting) => number("match-fit-waiting", *waiting),
        Fit::NoSteps => t("match-fit-no-steps"),
        Fit::Time(time) => t(&format!("match-time-{}", time.code())),
        Fit::Free => t("match-fit-free"),
        Fit::Confirmed(days) => t_with("match-fit-confirmed", &[("x", &ago(*days))]),
        Fit::Stale(days) => t_with("match-fit-stale", &[("x", &ago(*days))]),
    }
}

/// `heute`, `vor drei Wochen`: as exact as it matters.
fn ago(days: i32) -> String {
    let number = |key: &str, x: i32| t_with(key, &[("x", &x.to_string())]);
    match days {
        ..=0 => t("match-ago-today"),
        1..7 => number("match-ago-days", days),
        7..60 => number("match-ago-weeks", days / 7),
        _ => number("match-ago-months", days / 30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::resources::Language;

    #[test]
    fn reasons_are_german() {
        let leyla = ReachView { person: "Leyla".into(), place: None, metres: 800 };
        for (fit, words) in [
            (Fit::Language(Language::Arabic), "spricht Arabisch"),
            (Fit::Walk(8, 604), "8 Minuten zu Fuß (ca. 600 m Luftlinie)"),
            (Fit::Walk(1, 60), "1 Minute zu Fuß (ca. 60 m Luftlinie)"),
            (Fit::FreePlaces(2), "2 freie Plätze"),
            (Fit::FreePlaces(1), "1 freier Platz"),
            (Fit::InReach(0), "in Reichweite von Leyla"),
            (Fit::Confirmed(21), "zuletzt bestätigt vor 3 Wochen"),
            (Fit::Confirmed(0), "zuletzt bestätigt heute"),
            (Fit::Stale(300), "lange nicht bestätigt, zuletzt vor 10 Monaten: bitte vorher anrufen"),
        ] {
            assert_eq!(sentence(&fit, std::slice::from_ref(&leyla)), words);
        }
    }
}
