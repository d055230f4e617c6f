// SPDX-License-Identifier: EUPL-1.2
//! What can be done to a genogram, one small thing at a time.

use super::{Descent, Genogram, Kin, Union, UnionKind};
use crate::casework::network::Symbol;
use crate::kernel::{Line, PersonId, Refusal, Rule};

/// Somebody else has taken this person or couple out.
pub const GENOGRAM_PERSON_GONE: Rule = Rule::new("genogram.person_gone", "Gleichzeitige Bearbeitung");
/// Nobody is their own partner.
pub const GENOGRAM_PARTNER_SELF: Rule = Rule::new("genogram.partner_self", "Genogramm-Konvention");
/// Nobody is their own ancestor.
pub const GENOGRAM_CIRCLE: Rule = Rule::new("genogram.circle", "Genogramm-Konvention");
/// A year of death before the year of birth.
pub const GENOGRAM_BORN_AFTER_DEATH: Rule = Rule::new("genogram.born_after_death", "Aktenwahrheit");
/// A year that cannot be.
pub const GENOGRAM_YEAR_UNLIKELY: Rule = Rule::new("genogram.year_unlikely", "Aktenwahrheit");
/// More than a picture can show.
pub const GENOGRAM_FULL: Rule = Rule::new("genogram.full", "Plausibilität");
/// Not a genogram, or one whose people are not there.
pub const GENOGRAM_UNREADABLE: Rule = Rule::new("genogram.unreadable", "Dateiformat");

/// People on a genogram at most.
const MOST: usize = 40;

/// Somebody as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Mensch im Genogramm")]
pub struct NewKin {
    /// Who of the case this is.
    pub person: Option<PersonId>,
    /// Name.
    pub name: Line,
    /// How the person is drawn.
    pub symbol: Symbol,
    /// Year of birth.
    pub born: Option<i16>,
    /// Year of death.
    pub died: Option<i16>,
    /// Not living.
    pub deceased: bool,
    /// The one it is about.
    pub index: bool,
    /// Number of the household.
    pub household: Option<u8>,
}

/// A year as typed: 1850 to this year.
///
/// # Errors
/// [`GENOGRAM_YEAR_UNLIKELY`].
pub fn check_year(text: &str, this_year: i16) -> Result<i16, Refusal> {
    let year = text.trim().parse::<i16>().or(Err(GENOGRAM_YEAR_UNLIKELY.broken()))?;
    if (1850..=this_year).contains(&year) { Ok(year) } else { Err(GENOGRAM_YEAR_UNLIKELY.broken()) }
}

/// One thing to be done to a genogram.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Änderung am Genogramm")]
pub enum GenogramEdit {
    /// Somebody new, or new words about somebody known.
    Put(Option<u32>, Box<NewKin>),
    /// Out of the drawing, with all lines.
    Remove(u32),
    /// These two are or were a couple; a second time changes what holds them.
    Join(u32, u32, UnionKind),
    /// They are not.
    Part(u32),
    /// A child of one or two.
    Descend(Descent),
    /// Not their child: child and parent.
    Undo(u32, u32),
    /// Another genogram in its place.
    Whole(Box<Genogram>),
}

impl GenogramEdit {
    /// The genogram after it.
    ///
    /// # Errors
    /// The rules of this file.
    pub fn apply(self, mut drawn: Genogram) -> Result<Genogram, Refusal> {
        match self {
            Self::Put(id, new) => put(&mut drawn, id, *new)?,
            Self::Remove(id) => {
                drawn.kin(id).ok_or(GENOGRAM_PERSON_GONE.broken())?;
                drawn.people.retain(|kin| kin.id != id);
                drawn.unions.retain(|union| union.a != id && union.b != id);
                drawn.descents.retain(|one| one.child != id && one.parents().all(|parent| parent != id));
            }
            Self::Join(a, b, kind) => join(&mut drawn, a, b, kind)?,
            Self::Part(id) => drawn.unions.retain(|union| union.id != id),
            Self::Descend(new) => descend(&mut drawn, new)?,
            Self::Undo(child, parent) => drawn.descents.retain(|one| one.child != child || one.parent != parent),
            Self::Whole(other) => drawn = whole(*other)?,
        }
        Ok(drawn)
    }
}

fn put(drawn: &mut Genogram, id: Option<u32>, new: NewKin) -> Result<(), Refusal> {
    if new.born.zip(new.died).is_some_and(|(born, died)| died < born) {
        return Err(GENOGRAM_BORN_AFTER_DEATH.broken_at("died"));
    }
    if id.is_none() && drawn.people.len() >= MOST {
        return Err(GENOGRAM_FULL.broken());
    }
    let next = drawn.people.iter().map(|kin| kin.id).max().unwrap_or_default().saturating_add(1);
    let kin = Kin {
        id: id.unwrap_or(next),
        person: new.person,
        name: new.name,
        symbol: new.symbol,
        born: new.born,
        died: new.died,
        deceased: new.deceased || new.died.is_some(),
        index: new.index,
        household: new.household.filter(|number| (1..=9).contains(number)),
    };
    if kin.index {
        drawn.people.iter_mut().for_each(|other| other.index = false);
    }
    match id {
        None => drawn.people.push(kin),
        Some(id) => {
            let place = drawn.people.iter_mut().find(|known| known.id == id);
            *place.ok_or(GENOGRAM_PERSON_GONE.broken())? = kin;
        }
    }
    Ok(())
}

fn join(drawn: &mut Genogram, a: u32, b: u32, kind: UnionKind) -> Result<(), Refusal> {
    if a == b {
        return Err(GENOGRAM_PARTNER_SELF.broken_at("b"));
    }
    if drawn.kin(a).is_none() || drawn.kin(b).is_none() {
        return Err(GENOGRAM_PERSON_GONE.broken_at("b"));
    }
    let (a, b) = (a.min(b), a.max(b));
    if let Some(known) = drawn.unions.iter_mut().find(|union| (union.a, union.b) == (a, b)) {
        known.kind = kind;
        return Ok(());
    }
    let id = drawn.unions.iter().map(|union| union.id).max().unwrap_or_default().saturating_add(1);
    drawn.unions.push(Union { id, a, b, kind });
    Ok(())
}

fn descend(drawn: &mut Genogram, new: Descent) -> Result<(), Refusal> {
    let known = new.parents().chain([new.child]).all(|id| drawn.kin(id).is_some());
    if !known {
        return Err(GENOGRAM_PERSON_GONE.broken_at("child"));
    }
    let own_other = new.other == Some(new.parent);
    if own_other || new.parents().any(|parent| parent == new.child || descends(drawn, parent, new.child)) {
        return Err(GENOGRAM_CIRCLE.broken_at("child"));
    }
    drawn.descents.retain(|one| one.child != new.child || one.parent != new.parent);
    drawn.descents.push(new);
    Ok(())
}

/// Does `who` descend from `from`?
fn descends(drawn: &Genogram, who: u32, from: u32) -> bool {
    let (mut open, mut seen) = (vec![who], std::collections::BTreeSet::new());
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let above = drawn.descents.iter().filter(|one| one.child == id).flat_map(Descent::parents);
            open.extend(above);
        }
    }
    seen.contains(&from) && who != from
}

/// A genogram from elsewhere, checked as if it had been typed.
fn whole(other: Genogram) -> Result<Genogram, Refusal> {
    if other.people.len() > MOST {
        return Err(GENOGRAM_FULL.broken());
    }
    let mut ids: Vec<u32> = other.people.iter().map(|kin| kin.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != other.people.len() || other.people.iter().filter(|kin| kin.index).count() > 1 {
        return Err(GENOGRAM_UNREADABLE.broken());
    }
    let mut drawn = Genogram { people: other.people, ..Genogram::default() };
    for union in other.unions {
        join(&mut drawn, union.a, union.b, union.kind)?;
    }
    for descent in other.descents {
        descend(&mut drawn, descent)?;
    }
    Ok(drawn)
}
