// SPDX-License-Identifier: EUPL-1.2
//! What can be counted on a map. Each number is defined here and nowhere else; they describe a drawing and judge
//! nobody. The definitions are those of easyNWK 2 (`NetworkAnalysis`), so that both programs say the same.

use super::{Contact, Horizon, NetworkMap, Sector};

/// Numbers of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Kennzahlen der Netzwerkkarte")]
pub struct Measures {
    /// Size: living humans within the outer horizon with a tie to the middle today.
    pub size: usize,
    /// The same with those whose tie is dormant. Everything about links counts among these.
    pub connectable: usize,
    /// Links among them.
    pub links: usize,
    /// Density in thousandths: links, divided by the links there could be, n · (n − 1) / 2, rounded half up.
    /// Nothing with fewer than two people, where the question makes no sense.
    pub density: Option<i64>,
    /// Links of one contact on average, in tenths, rounded half up; nothing without contacts.
    pub degree: Option<i64>,
    /// Nearness of those with a tie on average, in tenths of 0 to 9, rounded half up; nothing without them.
    pub nearness: Option<i64>,
    /// Those who have the most links, if there are any.
    pub stars: Vec<u32>,
    /// How many the stars have.
    pub most: usize,
    /// Those with a tie to the middle who are linked with nobody else.
    pub isolated: Vec<u32>,
    /// Those whose tie is dormant.
    pub dormant: Vec<u32>,
    /// Size in each sector.
    pub sectors: Vec<(Sector, usize)>,
    /// Size in each of the three rings.
    pub horizons: Vec<(Horizon, usize)>,
}

/// `part / whole` rounded half up; nothing over nothing is nothing.
fn rounded(part: usize, whole: usize) -> Option<i64> {
    if whole == 0 { None } else { i64::try_from((2 * part + whole) / (2 * whole)).ok() }
}

/// Measures a map. Links to somebody who cannot be connected (an animal, somebody who died, somebody outside)
/// are drawn but not counted.
#[must_use]
pub fn measure(map: &NetworkMap) -> Measures {
    let counted: Vec<&Contact> = map.contacts.iter().filter(|contact| contact.is_connectable()).collect();
    let is_counted = |id: u32| counted.iter().any(|contact| contact.id == id);
    let degree = |contact: &Contact| map.linked_with(contact.id).filter(|other| is_counted(*other)).count();
    let degrees: Vec<(u32, usize)> = counted.iter().map(|contact| (contact.id, degree(contact))).collect();
    let ends: usize = degrees.iter().map(|(_, degree)| degree).sum();
    let most = degrees.iter().map(|(_, degree)| *degree).max().unwrap_or_default();
    let (links, n) = (ends / 2, counted.len());
    let network: Vec<&&Contact> = counted.iter().filter(|contact| contact.is_connected()).collect();
    let near: usize = network.iter().filter_map(|contact| usize::try_from(contact.spot.nearness()).ok()).sum();
    let in_sector = |sector: &Sector| network.iter().filter(|contact| contact.spot.sector() == *sector).count();
    let in_ring = |ring: &Horizon| network.iter().filter(|contact| contact.spot.horizon() == *ring).count();
    let rings = [Horizon::Near, Horizon::Middle, Horizon::Far];
    let isolated = |contact: &&&&Contact| !degrees.iter().any(|(id, degree)| *id == contact.id && *degree > 0);
    Measures {
        size: network.len(),
        connectable: n,
        links,
        density: if n < 2 { None } else { rounded(links * 2_000, n * (n - 1)) },
        degree: rounded(ends * 10, n),
        nearness: rounded(near * 10, network.len()),
        stars: degrees.iter().filter(|(_, degree)| most > 0 && *degree == most).map(|(id, _)| *id).collect(),
        most,
        isolated: network.iter().filter(isolated).map(|contact| contact.id).collect(),
        dormant: counted.iter().filter(|contact| !contact.is_connected()).map(|contact| contact.id).collect(),
        sectors: Sector::ALL.iter().map(|sector| (*sector, in_sector(sector))).collect(),
        horizons: rings.iter().map(|ring| (*ring, in_ring(ring))).collect(),
    }
}
