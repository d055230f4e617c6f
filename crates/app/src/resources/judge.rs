// SPDX-License-Identifier: EUPL-1.2
//! What would come of a table, beside what the office has: spaces, ids, cards of the same thing.

use super::tend;
use crate::core::Failure;
use domain::access::Actor;
use domain::kernel::{CardId, Day, Refusals, SpaceId, fold};
use domain::resources::exchange::{
    COLUMN_TWICE, Column, Fault, NAME_COLUMN_MISSING, Outcome, Plan, Said, Table, Taken, What, Words, take,
};
use domain::resources::{Mark, Viewer, address_key, likeness, sound};
use domain::territory::{Address, Severity, StreetDirectory};
use std::collections::{BTreeMap, BTreeSet};
use store::resources::{self, erasures, imports, marks};
use store::{ReadTx, territory};

/// Cards that rows are compared with; a larger office compares those that changed last.
const COMPARED: i64 = 20_000;

/// How a table would be read if nobody says otherwise.
#[must_use]
pub fn guessed(head: &[String], defaults: &Plan) -> Plan {
    let mut seen = BTreeSet::new();
    let columns = head.iter().map(|head| Column::of_head(head).filter(|column| seen.insert(*column))).collect();
    Plan { columns, ..defaults.clone() }
}

pub(super) fn wrong_with(plan: &Plan) -> Refusals {
    let (mut wrong, mut seen) = (Refusals::default(), BTreeSet::new());
    if plan.columns.iter().flatten().any(|column| !seen.insert(*column)) {
        wrong.note(COLUMN_TWICE.broken());
    }
    if !seen.contains(&Column::Name) {
        wrong.note(NAME_COLUMN_MISSING.broken());
    }
    wrong
}

/// What came of a table beside what the office has.
pub(super) struct Judged {
    pub(super) outcome: Outcome,
    pub(super) spaces: BTreeMap<usize, SpaceId>,
    /// Lines whose card was taken back and comes again.
    pub(super) again: BTreeSet<usize>,
}

pub(super) fn judge(
    tx: &ReadTx<'_>,
    actor: &Actor,
    (today, streets): (Day, &StreetDirectory),
    (table, order): (&Table, (&Plan, &Words)),
) -> Result<Judged, Failure> {
    let viewer = Viewer::of(actor);
    let mut outcome = take(table, order.0, order.1);
    erased(tx, &mut outcome)?;
    let (mut spaces, mut again) = (BTreeMap::new(), BTreeSet::new());
    let named: BTreeMap<String, SpaceId> =
        territory::overview(tx)?.into_iter().map(|space| (fold(&space.name), space.id)).collect();
    let mut known = Vec::new();
    for taken in &outcome.taken {
        if let Some(name) = &taken.space {
            match named.get(&fold(name)) {
                Some(space) => {
                    spaces.insert(taken.line, *space);
                }
                None => outcome
                    .said
                    .push(said(Severity::Warning, Fault::SpaceUnknown, &[name]).on(taken.line).at(Column::Space, name)),
            }
        }
        let Some(id) = taken.id.map(CardId) else { continue };
        if let Some(card) = resources::one(tx, id)? {
            // What was taken back and nobody touched since comes again, for whoever may tend it.
            let hers = card.seen.by(&viewer, today) && tend(actor, &card).is_ok();
            if hers && imports::was_taken_back(tx, id)? {
                again.insert(taken.line);
            } else {
                known.push(taken.line);
                let shown = id.to_string();
                outcome
                    .said
                    .push(said(Severity::Error, Fault::IdKnown, &[&shown]).on(taken.line).at(Column::Id, &shown));
            }
        }
    }
    outcome.taken.retain(|taken| !known.contains(&taken.line));
    outcome.rejected.extend(known);
    alike(tx, &viewer, today, &mut outcome)?;
    other_towns(streets, &mut outcome);
    outcome.said.sort_by_key(|said| (said.line, std::cmp::Reverse(said.severity)));
    Ok(Judged { outcome, spaces, again })
}

fn said(severity: Severity, fault: Fault, params: &[&str]) -> Said {
    Said::file(severity, fault, params)
}

/// Rows of cards that were erased stay out: by the id, or by what is known of those that a person wanted gone.
fn erased(tx: &ReadTx<'_>, outcome: &mut Outcome) -> Result<(), Failure> {
    let (salt, marks) = (marks::salt(tx)?.unwrap_or_default(), marks::marks(tx)?);
    let mut out: Vec<Said> = Vec::new();
    for taken in &outcome.taken {
        let stone = taken.id.map_or(Ok(None), |id| erasures::tombstone(tx, CardId(id)))?;
        if let (Some((_, on)), Some(id)) = (stone, taken.id) {
            let (on, shown) = (on.german(), id.to_string());
            out.push(said(Severity::Error, Fault::IdErased, &[&on]).on(taken.line).at(Column::Id, &shown));
        } else if let Some(on) = marks.get(&mark(taken, &salt)).filter(|_| !marks.is_empty()) {
            out.push(said(Severity::Error, Fault::ErasedLike, &[&on.german()]).on(taken.line));
        }
    }
    outcome.rejected.extend(out.iter().map(|said| said.line));
    outcome.taken.retain(|taken| !outcome.rejected.contains(&taken.line));
    outcome.said.extend(out);
    Ok(())
}

fn mark(taken: &Taken, salt: &str) -> String {
    match &taken.what {
        What::Card(card) => Mark::of(card).digest(salt),
        What::Person(fields) => {
            let name = fields.iter().find(|(field, _)| *field == "name").map_or("", |(_, value)| value.as_str());
            Mark { name, is_person: true, place: "" }.digest(salt)
        }
    }
}

/// Postcodes of the district that stand with a town they do not belong to.
fn other_towns(streets: &StreetDirectory, outcome: &mut Outcome) {
    let odd = outcome.taken.iter().filter_map(|taken| {
        let What::Card(card) = &taken.what else { return None };
        let address = Address::read(card.place.as_ref()?.as_str());
        let (code, town) = address.postcode.as_ref().zip(address.place.as_ref())?;
        // A country may stand behind the town.
        let town = town.as_str().split(',').next().unwrap_or_default();
        let odd = streets.belongs(code, town) == Some(false);
        odd.then(|| said(Severity::Warning, Fault::TownOther, &[]).on(taken.line).at(Column::Town, town))
    });
    let odd: Vec<Said> = odd.collect();
    outcome.said.extend(odd);
}

/// Name, sound and key of the address of a card that is there.
type Known = (String, String, String);

/// Rows that may be of the same thing as a card that is there: by the finder of double cards.
fn alike(tx: &ReadTx<'_>, viewer: &Viewer, today: Day, outcome: &mut Outcome) -> Result<(), Failure> {
    let since = (resources::head(tx)? - COMPARED).max(0);
    let mut by: BTreeMap<(u8, String), Vec<Known>> = BTreeMap::new();
    for row in resources::changed_since(tx, since, COMPARED)? {
        if !row.seen.by(viewer, today) || row.seen.is_closed(today) {
            continue;
        }
        let name = row.content.name.as_str().to_owned();
        let place = row.content.place.as_ref().map(|place| address_key(place.as_str())).unwrap_or_default();
        let sound = sound(&name);
        for key in [(0, sound.clone()), (1, place.clone())] {
            by.entry(key).or_default().push((name.clone(), sound.clone(), place.clone()));
        }
    }
    let mut more = Vec::new();
    for taken in &outcome.taken {
        let (sound, place) = taken.likeness_keys();
        let near = [(0, sound.clone()), (1, place.clone())].into_iter().filter(|(_, key)| !key.is_empty());
        let mut cards = near.filter_map(|key| by.get(&key)).flat_map(|cards| cards.iter().take(50));
        if let Some((name, ..)) = cards.find(|(_, s, p)| likeness((&sound, &place), (s, p)).is_some()) {
            more.push(said(Severity::Warning, Fault::LikeCard, &[name]).on(taken.line));
        }
    }
    outcome.said.extend(more);
    Ok(())
}
