// SPDX-License-Identifier: EUPL-1.2
//! What the owner of a card proposes, taken up: three versions meet, as in every form that two people may have open.

use super::card::CardContent;
use crate::kernel::{Merge, Refusals, Rule};

/// The field says something else by now than when the owner saw it.
pub const PROPOSAL_OVERTAKEN: Rule = Rule::new("card.proposal_overtaken", "Niemand überschreibt ungesehen");
/// With what is proposed the card would no longer be one.
pub const PROPOSAL_UNFIT: Rule = Rule::new("card.proposal_unfit", "Wertebereich");

/// A field that is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Vorgeschlagenes Feld")]
pub struct Proposed {
    /// Name of the field.
    pub field: String,
    /// What should stand there; empty for nothing.
    pub value: String,
    /// What stood there when it was proposed; empty for nothing.
    pub stood: String,
}

/// The card with what was proposed. Where somebody else wrote in the meantime, sentences of a text are put together;
/// what cannot be is refused, so that nobody writes over what nobody has looked at.
///
/// # Errors
/// [`PROPOSAL_OVERTAKEN`] at each such field; [`PROPOSAL_UNFIT`] and what is wrong with the card.
pub fn accepted(now: &CardContent, proposed: &[Proposed]) -> Result<CardContent, Refusals> {
    let (mut fields, mut wrong) = (now.fields(), Refusals::default());
    for one in proposed {
        let Some(field) = PROPOSED.into_iter().find(|field| *field == one.field) else { continue };
        let stands = fields.iter().position(|(name, _)| *name == field);
        let now = stands.map_or("", |at| fields[at].1.as_str());
        let value = if now == one.stood || now == one.value {
            one.value.clone()
        } else {
            let merge = Merge::of(&one.stood, &one.value, now);
            if field != "about" || !merge.is_clean() {
                wrong.note(PROPOSAL_OVERTAKEN.broken_at(field));
                continue;
            }
            merge.text()
        };
        match stands {
            Some(at) => fields[at].1 = value,
            None => fields.push((field, value)),
        }
    }
    let read = CardContent::read(fields.as_slice()).map_err(|faults| {
        wrong.note(PROPOSAL_UNFIT.broken());
        faults.list().iter().for_each(|fault| wrong.note(*fault));
    });
    wrong.finish(read.ok())
}

/// Fields that an owner may propose to change: never who sees the card.
pub const PROPOSED: [&str; 8] = ["about", "contact", "web", "place", "times", "cost_note", "free_places", "waiting"];

#[cfg(test)]
mod tests {
    use super::*;

    fn card(about: &str, contact: &str) -> CardContent {
        let fields = [("name", "Chor"), ("kind", "group"), ("topics", "sport"), ("about", about), ("contact", contact)];
        CardContent::read([&fields[..], &[("visibility", "team")]].concat().as_slice()).unwrap()
    }

    fn proposed(field: &str, stood: &str, value: &str) -> Proposed {
        Proposed { field: field.to_owned(), value: value.to_owned(), stood: stood.to_owned() }
    }

    fn codes(outcome: Result<CardContent, Refusals>) -> Vec<(&'static str, &'static str)> {
        outcome.unwrap_err().list().iter().map(|one| (one.rule.code(), one.field)).collect()
    }

    #[test]
    fn nobody_writes_over_what_came_later() {
        let now = card("Wir singen laut. Es gibt Tee.", "Tor 2");
        let about = proposed("about", "Wir singen. Es gibt Tee.", "Wir singen. Es gibt Kakao.");
        let both = accepted(&now, std::slice::from_ref(&about)).unwrap();
        assert_eq!(both, card("Wir singen laut. Es gibt Kakao.", "Tor 2"));
        let contact = proposed("contact", "Tor 1", "Tor 3");
        assert_eq!(codes(accepted(&now, &[about, contact])), [("card.proposal_overtaken", "contact")]);
        assert_eq!(accepted(&now, &[proposed("contact", "Tor 1", "Tor 2")]), Ok(now.clone()), "said by both");
        assert_eq!(accepted(&now, &[proposed("contact", "Tor 2", "")]).unwrap().contact, None);
        assert_eq!(accepted(&now, &[proposed("visibility", "team", "public")]), Ok(now.clone()));
        let none = accepted(&now, &[proposed("about", "Wir singen laut. Es gibt Tee.", "")]);
        assert_eq!(codes(none)[0], ("card.proposal_unfit", ""));
    }
}
