// SPDX-License-Identifier: EUPL-1.2
//! The genogram: a family over three generations with the usual symbols (McGoldrick), as the family tells it.
//!
//! It begins with the people of the case and is told further by hand. It is a drawing of what was said on a day:
//! nothing is concluded from it, and whoever stands on it is not made a person of the case.

mod edit;
mod layout;
#[cfg(test)]
mod tests;

pub use edit::{
    GENOGRAM_BORN_AFTER_DEATH, GENOGRAM_CIRCLE, GENOGRAM_FULL, GENOGRAM_PARTNER_SELF, GENOGRAM_PERSON_GONE,
    GENOGRAM_UNREADABLE, GENOGRAM_YEAR_UNLIKELY, GenogramEdit, NewKin, check_year,
};
pub use layout::{GenogramLayout, Household, lay_out};

use super::network::Symbol;
use crate::access::codes;
use crate::kernel::{Line, PersonId};

codes! {
    /// What holds a couple together, or no longer does.
    #[doc(alias = "Paarbeziehung")]
    UnionKind {
        /// Living as a couple without being married: a dashed line.
        Partnership = "partnership",
        /// Married: a solid line.
        Marriage = "marriage",
        /// Separated: one slash.
        Separated = "separated",
        /// Divorced: two slashes.
        Divorced = "divorced",
    }
}

codes! {
    /// How a child came to its parents.
    #[doc(alias = "Kindschaft")]
    ChildBond {
        /// By birth: a solid line.
        Birth = "birth",
        /// Adopted: a solid and a dashed line.
        Adopted = "adopted",
        /// In foster care: a dashed line.
        Foster = "foster",
    }
}

/// Somebody on a genogram.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Mensch im Genogramm")]
pub struct Kin {
    /// Number within the genogram, kept through its versions.
    pub id: u32,
    /// Who of the case this is, if one of them.
    pub person: Option<PersonId>,
    /// Name.
    pub name: Line,
    /// How the person is drawn.
    pub symbol: Symbol,
    /// Year of birth, if it is known.
    pub born: Option<i16>,
    /// Year of death, if it is known.
    pub died: Option<i16>,
    /// Not living: a cross.
    pub deceased: bool,
    /// The one the genogram is about: a double outline.
    pub index: bool,
    /// Number of the household, 1 to 9: those with the same number live together.
    pub household: Option<u8>,
}

/// Two people as a couple.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Paar im Genogramm")]
pub struct Union {
    /// Number within the genogram.
    pub id: u32,
    /// One.
    pub a: u32,
    /// The other.
    pub b: u32,
    /// What holds them.
    pub kind: UnionKind,
}

/// A child of somebody. A child may have two pairs of lines: where it was born, and where it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Kind im Genogramm")]
pub struct Descent {
    /// The child.
    pub child: u32,
    /// One parent.
    pub parent: u32,
    /// The other, if known.
    pub other: Option<u32>,
    /// How.
    pub bond: ChildBond,
}

impl Descent {
    /// The parents.
    pub fn parents(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.parent).chain(self.other)
    }
}

/// A genogram at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Genogramm")]
pub struct Genogram {
    /// The people, in the order they were named.
    pub people: Vec<Kin>,
    /// The couples.
    pub unions: Vec<Union>,
    /// The children.
    pub descents: Vec<Descent>,
}

impl Genogram {
    /// Somebody by number.
    #[must_use]
    pub fn kin(&self, id: u32) -> Option<&Kin> {
        self.people.iter().find(|kin| kin.id == id)
    }

    /// Generations, the eldest is 0, in the order of the people. Partners stand in the same one, children below.
    #[must_use]
    pub fn generations(&self) -> Vec<usize> {
        let at = |id: u32| self.people.iter().position(|kin| kin.id == id);
        let mut depth = vec![0; self.people.len()];
        // Each round carries what is known one step further; more rounds than people can bring nothing new.
        for _ in 0..=self.people.len() {
            for union in &self.unions {
                let (Some(a), Some(b)) = (at(union.a), at(union.b)) else { continue };
                let deeper = depth[a].max(depth[b]);
                (depth[a], depth[b]) = (deeper, deeper);
            }
            for descent in &self.descents {
                let Some(child) = at(descent.child) else { continue };
                let above = descent.parents().filter_map(at).map(|parent| depth[parent]).max();
                depth[child] = depth[child].max(above.map_or(0, |above| above + 1)).min(self.people.len());
            }
            self.pull_down(&at, &mut depth);
        }
        depth
    }

    /// Whoever has children and no parents stands right above the eldest generation of the children.
    fn pull_down(&self, at: &dyn Fn(u32) -> Option<usize>, depth: &mut [usize]) {
        for (place, kin) in self.people.iter().enumerate() {
            let has_parents = self.descents.iter().any(|descent| descent.child == kin.id);
            let children = self.descents.iter().filter(|descent| descent.parents().any(|parent| parent == kin.id));
            let highest = children.filter_map(|descent| at(descent.child)).map(|child| depth[child]).min();
            if let (false, Some(highest)) = (has_parents, highest) {
                depth[place] = depth[place].max(highest.saturating_sub(1));
            }
        }
    }
}
