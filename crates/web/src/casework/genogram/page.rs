// SPDX-License-Identifier: EUPL-1.2
//! The page of a genogram.

use super::Forms;
use super::picture::GenogramPicture;
use crate::casework::head::CaseHead;
use crate::casework::sheet_undo::TakeBack;
use crate::kit::{Choice, Frame, Web, filters, t, t_with};
use app::App;
use app::casework::genogram::GenogramPage;
use askama::Template;
use domain::casework::genogram::{ChildBond, Descent, Genogram, Kin, UnionKind};
use domain::casework::network::Symbol;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "casework/genogram.html")]
pub struct GenogramTemplate {
    frame: Frame,
    head: CaseHead,
    app: App,
    shown: GenogramPage,
    drawn: Genogram,
    version: Option<i64>,
    picture: GenogramPicture,
    forms: Forms,
    people: Vec<Choice>,
    of_case: Vec<Choice>,
    symbols: Vec<Choice>,
    flags: Vec<Choice>,
    kinds: Vec<Choice>,
    bonds: Vec<Choice>,
    households: Vec<Choice>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl GenogramTemplate {
    /// The page; `asked` is the number of an earlier version, or nothing.
    pub(super) fn new(frame: Frame, web: &Web, shown: GenogramPage, (forms, asked): (Forms, &str)) -> Self {
        let version = shown.sheets.versions.iter().find(|one| one.number.to_string() == asked);
        let drawn = version.map_or(&shown.sheets.now, |version| &version.sheet).clone();
        // No animal has a place in a family tree.
        let symbols: Vec<Symbol> = Symbol::ALL.iter().copied().filter(|one| *one != Symbol::NotHuman).collect();
        Self {
            head: CaseHead::new(&shown.case, &shown.people, web.app.today(), "will"),
            app: web.app.clone(),
            version: version.map(|version| version.number),
            picture: GenogramPicture::new(&drawn, &format!("/faelle/{}/genogramm", shown.case.id)),
            people: drawn.people.iter().map(|kin| Choice::new(kin.id, kin.name.as_str())).collect(),
            of_case: shown.people.iter().map(|person| Choice::new(person.id, person.name.clone())).collect(),
            symbols: Choice::words("kin-symbol", &codes(&symbols, Symbol::code)),
            flags: Choice::words("kin-flag", &["index", "deceased"]),
            kinds: Choice::words("union", &codes(UnionKind::ALL, UnionKind::code)),
            bonds: Choice::words("bond", &codes(ChildBond::ALL, ChildBond::code)),
            households: (1..=9)
                .map(|n: u8| Choice::new(n, t_with("kin-household-n", &[("x", &n.to_string())])))
                .collect(),
            frame,
            shown,
            drawn,
            forms,
        }
    }

    fn key(&self) -> Uuid {
        self.app.fresh()
    }

    /// The last change may be taken back, unless an earlier version is looked at.
    fn take_back(&self) -> Option<TakeBack> {
        let path = format!("/faelle/{}/genogramm", self.head.id);
        TakeBack::new(&path, self.key(), (self.may_edit(), self.shown.undoable.as_ref()), None)
    }

    fn may_edit(&self) -> bool {
        self.shown.may_work && self.version.is_none()
    }

    fn name(&self, id: &u32) -> &str {
        self.drawn.kin(*id).map_or("", |kin| kin.name.as_str())
    }

    /// Generations with who belongs to them, the eldest first.
    fn generations(&self) -> Vec<(usize, Vec<&Kin>)> {
        let depth = self.drawn.generations();
        let last = depth.iter().max().copied().unwrap_or_default();
        let of = |level: usize| {
            self.drawn.people.iter().zip(&depth).filter(move |(_, at)| **at == level).map(|(kin, _)| kin)
        };
        (0..=last).map(|level| (level + 1, of(level).collect())).collect()
    }

    /// "*1990 †2020, Indexperson, Haushalt 1"
    fn facts(&self, kin: &Kin) -> String {
        let year = |key: &str, year: Option<i16>| year.map(|year| t_with(key, &[("x", &year.to_string())]));
        let mut facts = vec![t(&format!("kin-symbol-{}", kin.symbol.code()))];
        facts.extend(year("kin-born-in", kin.born));
        facts.extend(year("kin-died-in", kin.died));
        if kin.deceased && kin.died.is_none() {
            facts.push(t("kin-flag-deceased"));
        }
        if kin.index {
            facts.push(t("kin-flag-index"));
        }
        facts.extend(kin.household.map(|number| t_with("kin-household-n", &[("x", &number.to_string())])));
        facts.join(", ")
    }

    /// "Mama und Papa (leiblich)"
    fn parents(&self, one: &Descent) -> String {
        let names: Vec<&str> = one.parents().filter_map(|id| self.drawn.kin(id)).map(|kin| kin.name.as_str()).collect();
        format!("{} ({})", names.join(&t("and")), t(&format!("bond-{}", one.bond.code())))
    }
}
