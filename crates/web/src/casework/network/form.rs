// SPDX-License-Identifier: EUPL-1.2
//! The forms of a network map.

use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Choice, FormData, FormView};
use domain::casework::network::{Contact, Horizon, NewContact, Sector, Support, SupportWay, Symbol, TieKind};
use domain::kernel::{Line, Note, Refusals};
use uuid::Uuid;

/// Fields of support, in the order of the domain's list.
pub const KINDS: [&str; 5] =
    ["support_emotional", "support_cognitive", "support_social", "support_material", "support_practical"];

/// What there is to choose.
pub struct Choices {
    pub symbols: Vec<Choice>,
    pub sectors: Vec<Choice>,
    pub horizons: Vec<Choice>,
    pub ties: Vec<Choice>,
    pub flags: Vec<Choice>,
    pub ways: Vec<Choice>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl Choices {
    pub fn new() -> Self {
        Self {
            symbols: Choice::words("symbol", &codes(Symbol::ALL, Symbol::code)),
            sectors: Choice::words("sector", &codes(Sector::ALL, Sector::code)),
            horizons: Choice::words("horizon", &codes(Horizon::ALL, Horizon::code)),
            ties: Choice::words("tie", &codes(TieKind::ALL, TieKind::code)),
            flags: Choice::words("contact-flag", &["conflict", "deceased"]),
            ways: Choice::words("support-way", &codes(SupportWay::ALL, SupportWay::code)),
        }
    }
}

/// The form of a contact, blank or as it stands.
pub fn contact_form(key: Uuid, known: Option<&Contact>) -> FormView {
    let view = FormView::new("contact", key);
    let Some(one) = known else { return view.with("tie", TieKind::Present.code()).with("symbol", "unknown") };
    let text = |line: &Option<Line>| line.as_ref().map_or(String::new(), |line| line.as_str().to_owned());
    let flags: Vec<&str> = [("conflict", one.conflict), ("deceased", one.deceased)]
        .iter()
        .filter(|(_, is)| *is)
        .map(|(code, _)| *code)
        .collect();
    let view = view
        .with("contact", one.id)
        .with("name", one.name.as_str())
        .with("role", text(&one.role))
        .with("symbol", one.symbol.code())
        .with("age", text(&one.age))
        .with("note", one.note.as_ref().map_or("", Note::as_str))
        .with("sector", one.spot.sector().code())
        .with("horizon", one.spot.horizon().code())
        .with("tie", one.tie.code())
        .with_each("flags", &flags);
    KINDS.iter().zip(one.support).fold(view, |view, (field, way)| view.with(field, way.code()))
}

/// A contact as typed, with its number if it is a known one.
///
/// # Errors
/// All mistakes of the form.
pub fn parse_contact(form: &FormData) -> Result<(Option<u32>, NewContact), Refusals> {
    let mut read = Parser::new(form);
    let (name, role, age) = (read.line("name"), read.maybe_line("role"), read.maybe_line("age"));
    let symbol = read.code("symbol", Symbol::from_code);
    let (sector, horizon) = (read.code("sector", Sector::from_code), read.code("horizon", Horizon::from_code));
    let (tie, note) = (read.code("tie", TieKind::from_code), read.maybe_note("note"));
    let mut support = [SupportWay::Neither; Support::ALL.len()];
    for (field, place) in KINDS.iter().zip(&mut support) {
        let way = read.maybe(field, |code| SupportWay::from_code(code).ok_or(CHOICE_MISSING.broken()));
        *place = way.flatten().unwrap_or(SupportWay::Neither);
    }
    let flagged = |flag: &str| form.values("flags").any(|value| value == flag);
    let value = (|| {
        let new = NewContact {
            name: name?,
            role: role?,
            symbol: symbol?,
            age: age?,
            note: note?,
            deceased: flagged("deceased"),
            tie: tie?,
            conflict: flagged("conflict"),
            support,
            sector: sector?,
            horizon: horizon?,
        };
        Some((form.value("contact").parse().ok(), new))
    })();
    read.finish(value)
}

/// Two contacts.
///
/// # Errors
/// [`CHOICE_MISSING`].
pub fn parse_link(form: &FormData) -> Result<(u32, u32), Refusals> {
    let mut read = Parser::new(form);
    let (from, to) = (read.code("from", |text| text.parse().ok()), read.code("to", |text| text.parse().ok()));
    read.finish(from.zip(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_form_comes_back_out_of_it() {
        let typed = [
            ("name", "Oma Elif"),
            ("symbol", "female"),
            ("sector", "family"),
            ("horizon", "near"),
            ("tie", "manifold"),
            ("flags", "conflict"),
            ("support_social", "mutual"),
            ("contact", "7"),
        ];
        let (id, new) = parse_contact(&FormData::of(&typed)).unwrap();
        assert_eq!((id, new.conflict, new.deceased), (Some(7), true, false));
        assert_eq!(new.support[2], SupportWay::Mutual);
        let empty = parse_contact(&FormData::of(&[])).unwrap_err();
        let fields: Vec<_> = empty.list().iter().map(|refusal| refusal.field).collect();
        assert_eq!(fields, ["name", "symbol", "sector", "horizon", "tie"]);
    }
}
