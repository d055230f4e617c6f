// SPDX-License-Identifier: EUPL-1.2
//! What can be done to a map, one small thing at a time, so that two people at it do not undo each other.

use super::{Contact, Horizon, NetworkMap, Sector, Spot, SupportWay, Symbol, TieKind};
use crate::kernel::{Line, Note, Refusal, Rule};

/// Somebody else has taken this contact off the map.
pub const CONTACT_GONE: Rule = Rule::new("network.contact_gone", "Gleichzeitige Bearbeitung");
/// Nobody is linked with themselves.
pub const LINK_TO_SELF: Rule = Rule::new("network.link_to_self", "easyNWK");
/// One of the two is no living human within the outer horizon.
pub const LINK_IMPOSSIBLE: Rule = Rule::new("network.link_impossible", "easyNWK");
/// More than a picture can show.
pub const NETWORK_FULL: Rule = Rule::new("network.full", "Plausibilität");
/// No file of a network map, or one with places or numbers that cannot be.
pub const NETWORK_UNREADABLE: Rule = Rule::new("network.unreadable", "easyNWK-Dateiformat");
/// A file larger than any map of one person.
pub const NETWORK_TOO_LARGE: Rule = Rule::new("network.too_large", "Art. 32 DSGVO");

/// Contacts on a map at most.
const MOST: usize = 150;
/// Steps tried for a free place in a sector, five degrees each.
const STEP: i32 = 500;

/// A contact as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Kontakt auf der Netzwerkkarte")]
pub struct NewContact {
    /// Name.
    pub name: Line,
    /// Who they are.
    pub role: Option<Line>,
    /// How they are drawn.
    pub symbol: Symbol,
    /// Age in words.
    pub age: Option<Line>,
    /// In the words of the person in the middle.
    pub note: Option<Note>,
    /// No longer living.
    pub deceased: bool,
    /// The tie to the middle.
    pub tie: TieKind,
    /// Full of conflict?
    pub conflict: bool,
    /// What flows which way.
    pub support: [SupportWay; 5],
    /// In which sector.
    pub sector: Sector,
    /// In which ring.
    pub horizon: Horizon,
}

/// One thing to be done to a map.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Änderung an der Netzwerkkarte")]
pub enum NetworkEdit {
    /// A new contact, or new words about a known one.
    Put(Option<u32>, Box<NewContact>),
    /// Off the map, with all links.
    Remove(u32),
    /// These two know each other.
    Link(u32, u32),
    /// They do not, or no longer.
    Unlink(u32, u32),
    /// Another map in its place.
    Whole(Box<NetworkMap>),
}

/// The first free place in a sector and ring: the one farthest from whom stands there already.
#[must_use]
pub fn free_spot(contacts: &[Contact], sector: Sector, horizon: Horizon) -> Spot {
    let distance = horizon.distance();
    let crowd = |angle: i32| {
        let others = contacts.iter().filter(|other| other.spot.sector() == sector);
        let gap = |other: &Contact| {
            let apart = (other.spot.angle - angle).abs();
            if other.spot.horizon() == horizon { apart } else { apart.saturating_mul(3) }
        };
        others.map(gap).min().unwrap_or(i32::MAX)
    };
    // From the middle of the sector outwards: 45, 50, 40, 55, 35 … degrees.
    let offsets = (0..=7).flat_map(|n| if n == 0 { vec![0] } else { vec![n * STEP, -n * STEP] });
    let angles: Vec<i32> = offsets.map(|offset| sector.begins() + 4_500 + offset).collect();
    let best = angles.iter().map(|angle| crowd(*angle)).max().unwrap_or_default();
    let angle = angles.iter().find(|angle| crowd(**angle) == best).copied().unwrap_or(sector.begins() + 4_500);
    Spot { angle, distance }
}

impl NetworkEdit {
    /// The map after it.
    ///
    /// # Errors
    /// [`CONTACT_GONE`], [`LINK_TO_SELF`], [`LINK_IMPOSSIBLE`], [`NETWORK_FULL`].
    pub fn apply(self, mut map: NetworkMap) -> Result<NetworkMap, Refusal> {
        match self {
            Self::Put(id, new) => put(&mut map, id, *new)?,
            Self::Remove(id) => {
                map.contact(id).ok_or(CONTACT_GONE.broken())?;
                map.contacts.retain(|contact| contact.id != id);
                map.links.retain(|(a, b)| *a != id && *b != id);
            }
            Self::Link(a, b) => {
                let pair = pair(&map, a, b)?;
                map.links.insert(pair);
            }
            Self::Unlink(a, b) => {
                map.links.remove(&(a.min(b), a.max(b)));
            }
            Self::Whole(other) if other.contacts.len() > MOST => return Err(NETWORK_FULL.broken()),
            Self::Whole(other) => map = *other,
        }
        Ok(map)
    }
}

fn pair(map: &NetworkMap, a: u32, b: u32) -> Result<(u32, u32), Refusal> {
    if a == b {
        return Err(LINK_TO_SELF.broken_at("to"));
    }
    for id in [a, b] {
        let contact = map.contact(id).ok_or(CONTACT_GONE.broken_at("to"))?;
        if !contact.is_connectable() {
            return Err(LINK_IMPOSSIBLE.broken_at("to"));
        }
    }
    Ok((a.min(b), a.max(b)))
}

fn put(map: &mut NetworkMap, id: Option<u32>, new: NewContact) -> Result<(), Refusal> {
    let at = id.map(|id| map.contacts.iter().position(|known| known.id == id).ok_or(CONTACT_GONE.broken()));
    let at = at.transpose()?;
    if at.is_none() && map.contacts.len() >= MOST {
        return Err(NETWORK_FULL.broken());
    }
    let known = at.and_then(|at| map.contacts.get(at));
    // Who stays in sector and ring stays exactly where they stood.
    let stays = known.filter(|one| one.spot.sector() == new.sector && one.spot.horizon() == new.horizon);
    let spot = match stays {
        Some(one) => one.spot,
        None => free_spot(&map.contacts, new.sector, new.horizon),
    };
    let next = map.contacts.iter().map(|contact| contact.id).max().unwrap_or_default().saturating_add(1);
    let contact = Contact {
        id: id.unwrap_or(next),
        name: new.name,
        role: new.role,
        symbol: new.symbol,
        age: new.age,
        note: new.note,
        deceased: new.deceased,
        tie: new.tie,
        conflict: new.conflict,
        support: new.support,
        spot,
    };
    if !contact.is_connectable() {
        map.links.retain(|(a, b)| *a != contact.id && *b != contact.id);
    }
    match at.and_then(|at| map.contacts.get_mut(at)) {
        Some(place) => *place = contact,
        None => map.contacts.push(contact),
    }
    Ok(())
}
