// SPDX-License-Identifier: EUPL-1.2
//! Reading the forms of agreements and prices.

use crate::kit::FormData;
use crate::kit::parse::{CHOICE_MISSING, Parser};
use domain::agencies::{
    AgreementDraft, AgreementKind, HourBasis, Qualification, RateDraft, RateTerms, SHARE_NOT_POSITIVE, TermKind,
    Travel, Unit,
};
use domain::casework::HelpKind;
use domain::kernel::{AgencyId, Note, Period, Refusal, Refusals, SpaceId};
use uuid::Uuid;

/// Fields of the agencies of an agreement, each with that of its share.
const MEMBERS: [(&str, &str); 4] =
    [("agency_1", "share_1"), ("agency_2", "share_2"), ("agency_3", "share_3"), ("agency_4", "share_4")];

/// The field of what an agreement says about something.
pub(crate) const TERMS: [(&str, TermKind); 7] = [
    ("cost", TermKind::Cost),
    ("content", TermKind::Content),
    ("extent", TermKind::Extent),
    ("quality", TermKind::Quality),
    ("violence_protection", TermKind::ViolenceProtection),
    ("inclusion", TermKind::Inclusion),
    ("cooperation", TermKind::Cooperation),
];

pub(crate) fn share(text: &str) -> Result<i64, Refusal> {
    if text.trim().is_empty() {
        return Ok(1);
    }
    text.trim().parse().ok().filter(|share| (1..=1_000_000).contains(share)).ok_or(SHARE_NOT_POSITIVE.broken())
}

fn yes(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

fn members(read: &mut Parser<'_>) -> Option<Vec<(AgencyId, i64)>> {
    let mut all: Vec<(AgencyId, i64)> = Vec::new();
    for (number, (agency, weight)) in MEMBERS.into_iter().enumerate() {
        let chosen = if number == 0 { read.id(agency).map(Some) } else { read.maybe_id(agency) };
        let weight = read.with(weight, share);
        if let (Some(agency), weight) = (chosen?, weight?)
            && !all.iter().any(|(other, _)| *other == agency)
        {
            all.push((agency, weight));
        }
    }
    Some(all)
}

fn several<T>(
    read: &mut Parser<'_>,
    form: &FormData,
    field: &'static str,
    one: impl Fn(&str) -> Option<T>,
) -> Option<Vec<T>> {
    let all: Option<Vec<T>> = form.values(field).map(one).collect();
    read.with(field, |_| Ok(())).and_then(|()| {
        if all.is_none() {
            read.with(field, |_| Err::<(), _>(CHOICE_MISSING.broken()));
        }
        all
    })
}

/// Reads an agreement.
pub(super) fn parse_agreement(form: &FormData) -> Result<AgreementDraft, Refusals> {
    let mut read = Parser::new(form);
    let (kind, title) = (read.code("kind", AgreementKind::from_code), read.line("title"));
    let members = members(&mut read);
    let agreed_on = read.day("agreed_on");
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let period = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, until)));
    let helps = several(&mut read, form, "helps", HelpKind::from_code);
    let spaces = several(&mut read, form, "spaces", |text| Uuid::parse_str(text).ok().map(SpaceId));
    let mut terms: Vec<(TermKind, Note)> = Vec::new();
    for (field, kind) in TERMS {
        terms.extend(read.maybe_note(field).flatten().map(|words| (kind, words)));
    }
    let child_protection = read.code("child_protection", yes);
    let record_checks = read.code("record_checks", yes);
    let supersedes = read.maybe_id("supersedes");
    let value = (|| {
        Some(AgreementDraft {
            kind: kind?,
            title: title?,
            members: members?,
            period: period?,
            agreed_on: agreed_on?,
            helps: helps?,
            spaces: spaces?,
            terms,
            child_protection: child_protection?,
            record_checks: record_checks?,
            supersedes: supersedes?,
        })
    })();
    read.finish(value)
}

/// Reads a price.
pub(super) fn parse_rate(form: &FormData) -> Result<RateDraft, Refusals> {
    let mut read = Parser::new(form);
    let (help, unit) = (read.code("help", HelpKind::from_code), read.code("unit", Unit::from_code));
    let (hour, travel) = (read.code("hour", HourBasis::from_code), read.code("travel", Travel::from_code));
    let qualification = read.code("qualification", Qualification::from_code);
    let price = read.euro("price");
    let agreed_on = read.day("agreed_on");
    let (from, until) = (read.day("from"), read.maybe_day("until"));
    let period = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, until)));
    let value = (|| {
        let (unit, hour, travel) = (unit?, hour?, travel?);
        let terms = RateTerms { unit, hour, travel, qualification: qualification?, price: price? };
        Some(RateDraft { help: help?, terms, period: period?, agreed_on: agreed_on? })
    })();
    read.finish(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_form_names_every_gap() {
        let wrong = parse_agreement(&FormData::of(&[])).unwrap_err();
        let fields: Vec<_> = wrong.list().iter().map(|refusal| refusal.field).collect();
        let expected = ["kind", "title", "agency_1", "agreed_on", "from", "child_protection", "record_checks"];
        assert_eq!(fields, expected, "no clause is taken for granted");
    }

    #[test]
    fn a_consortium_has_its_shares() {
        let id = |n: u128| Uuid::from_u128(n).to_string();
        let (one, two) = (id(1), id(2));
        let typed = [
            ("kind", "36a-2"),
            ("title", "Verbund Nord"),
            ("agency_1", one.as_str()),
            ("share_1", "40"),
            ("agency_2", two.as_str()),
            ("share_2", ""),
            ("agreed_on", "2026-01-01"),
            ("from", "2026-01-01"),
            ("helps", "31"),
            ("child_protection", "yes"),
            ("record_checks", "no"),
        ];
        let draft = parse_agreement(&FormData::of(&typed)).unwrap();
        assert_eq!(draft.members.iter().map(|(_, share)| *share).collect::<Vec<_>>(), [40, 1]);
        assert_eq!((draft.helps, draft.record_checks), (vec![HelpKind::FamilySupport], false));
    }
}
