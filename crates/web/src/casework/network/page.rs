// SPDX-License-Identifier: EUPL-1.2
//! The pages of a network map.

use super::Forms;
use super::form::{Choices, KINDS};
use super::picture::NetworkPicture;
use crate::casework::head::CaseHead;
use crate::casework::sheet_undo::TakeBack;
use crate::kit::{Choice, Frame, Web, filters, link, t, t_with};
use app::App;
use app::casework::network::{NetworkPage, Version};
use askama::Template;
use domain::casework::network::{
    Contact, ContactChanges, Measures, NetworkMap, Sector, Support, SupportWay, contact_changes, measure,
};
use domain::kernel::{Day, PersonId};
use uuid::Uuid;

/// Measures in words: what, how much, and what it means.
pub struct Said {
    key: &'static str,
    value: String,
}

fn tenths(value: Option<i64>) -> String {
    value.map_or("–".to_owned(), |tenths| format!("{},{}", tenths / 10, tenths % 10))
}

fn names(map: &NetworkMap, ids: &[u32]) -> String {
    if ids.is_empty() {
        return t("network-nobody");
    }
    let name = |id: &u32| map.contact(*id).map(|contact| contact.name.as_str());
    ids.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

fn said(map: &NetworkMap, found: &Measures) -> Vec<Said> {
    let one = |key, value| Said { key, value };
    let density = found.density.map_or("–".to_owned(), |thousandths| {
        let (whole, rest) = (thousandths / 10, thousandths % 10);
        format!("{whole},{rest} %")
    });
    let stars = match found.most {
        0 => t("network-nobody"),
        most => t_with("network-stars", &[("who", &names(map, &found.stars)), ("n", &most.to_string())]),
    };
    vec![
        one("network-size", found.size.to_string()),
        one("network-links", found.links.to_string()),
        one("network-density", density),
        one("network-degree", tenths(found.degree)),
        one("network-nearness", tenths(found.nearness)),
        one("network-most", stars),
        one("network-isolated", names(map, &found.isolated)),
        one("network-dormant", names(map, &found.dormant)),
    ]
}

/// The map of a person.
#[derive(Template)]
#[template(path = "casework/network.html")]
pub struct MapPage {
    frame: Frame,
    head: CaseHead,
    app: App,
    shown: NetworkPage,
    /// What is drawn: the sheet as it is now, or an earlier version.
    map: NetworkMap,
    version: Option<i64>,
    picture: NetworkPicture,
    measures: Vec<Said>,
    forms: Forms,
    choices: Choices,
    contacts: Vec<Choice>,
    numbers: Vec<Choice>,
}

impl MapPage {
    pub(super) fn new(frame: Frame, web: &Web, shown: NetworkPage, forms: Forms) -> Self {
        let (sheet, map) = (&shown.page, shown.page.sheets.now.clone());
        let connectable = map.contacts.iter().filter(|contact| contact.is_connectable());
        let choice = |version: &Version<NetworkMap>| {
            Choice::new(version.number, format!("{} · {}", version.number, version.dated_on.german()))
        };
        Self {
            head: CaseHead::new(&sheet.case, &sheet.people, web.app.today(), "will"),
            app: web.app.clone(),
            version: None,
            picture: NetworkPicture::new(&map, &address(&shown)),
            measures: said(&map, &measure(&map)),
            choices: Choices::new(),
            contacts: connectable.map(|contact| Choice::new(contact.id, contact.name.as_str())).collect(),
            numbers: sheet.sheets.versions.iter().map(choice).collect(),
            frame,
            shown,
            map,
            forms,
        }
    }

    /// Shows an earlier version instead, if there is such a one.
    pub(super) fn with_version(self, number: &str) -> Self {
        let version = self.shown.page.sheets.versions.iter().find(|one| one.number.to_string() == number);
        let Some(version) = version else { return self };
        let (number, map) = (version.number, version.sheet.clone());
        let picture = NetworkPicture::new(&map, &address(&self.shown));
        Self { version: Some(number), measures: said(&map, &measure(&map)), picture, map, ..self }
    }

    /// A key for a small form of its own.
    fn key(&self) -> Uuid {
        self.app.fresh()
    }

    /// The last change may be taken back, unless an earlier version is looked at.
    fn take_back(&self) -> Option<TakeBack> {
        let path = format!("/faelle/{}/netzwerk", self.head.id);
        TakeBack::new(&path, self.key(), (self.may_edit(), self.shown.page.undoable.as_ref()), Some(self.shown.ego.id))
    }

    /// May something be changed here? Not in a version that stands.
    fn may_edit(&self) -> bool {
        self.shown.page.may_work && self.version.is_none()
    }

    fn person(&self) -> PersonId {
        self.shown.ego.id
    }

    fn path(&self, number: &i64) -> String {
        format!("{}&fassung={number}", address(&self.shown))
    }

    fn here(&self) -> String {
        address(&self.shown)
    }

    fn fields(&self) -> [&'static str; 5] {
        KINDS
    }

    /// Sectors with who stands there, the nearest first.
    fn sectors(&self) -> Vec<(&'static str, Vec<&Contact>)> {
        let of = |sector: Sector| {
            let mut all: Vec<&Contact> = self.map.contacts.iter().filter(|one| one.spot.sector() == sector).collect();
            all.sort_by_key(|contact| contact.spot.distance);
            all
        };
        Sector::ALL.iter().map(|sector| (sector.code(), of(*sector))).collect()
    }

    fn support(&self, contact: &Contact) -> String {
        let flows = Support::ALL.iter().zip(contact.support).filter(|(_, way)| *way != SupportWay::Neither);
        let say = |(kind, way): (&Support, SupportWay)| {
            format!("{}: {}", t(&format!("support-{}", kind.code())), t(&format!("support-way-{}", way.code())))
        };
        flows.map(say).collect::<Vec<_>>().join("; ")
    }

    fn knows(&self, contact: &Contact) -> String {
        let others = self.map.linked_with(contact.id).filter_map(|id| self.map.contact(id));
        others.map(|other| other.name.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// Links as pairs of numbers and names.
    fn pairs(&self) -> Vec<(u32, u32, &str, &str)> {
        let name = |id: &u32| self.map.contact(*id).map_or("", |contact| contact.name.as_str());
        self.map.links.iter().map(|(a, b)| (*a, *b, name(a), name(b))).collect()
    }
}

fn address(shown: &NetworkPage) -> String {
    let path = format!("/faelle/{}/netzwerk", shown.page.case.id);
    link(&path, &[("person", &shown.ego.id.to_string())])
}

/// One side of a comparison.
struct Side {
    title: String,
    picture: NetworkPicture,
    measures: Vec<Said>,
}

/// Two versions beside each other.
#[derive(Template)]
#[template(path = "casework/network_compare.html")]
pub struct ComparePage {
    frame: Frame,
    head: CaseHead,
    name: String,
    back: String,
    sides: [Side; 2],
    changes: Vec<ContactChanges>,
}

impl ComparePage {
    /// Nothing if one of the versions is not there.
    pub(super) fn new(frame: Frame, shown: NetworkPage, (from, to): (&str, &str), today: Day) -> Option<Self> {
        let find = |number: &str| shown.page.sheets.versions.iter().find(|one| one.number.to_string() == number);
        let (old, new) = (find(from)?, find(to)?);
        let path = address(&shown);
        let side = |version: &Version<NetworkMap>| Side {
            title: t_with("network-of", &[("n", &version.number.to_string()), ("day", &version.dated_on.german())]),
            picture: NetworkPicture::new(&version.sheet, &path),
            measures: said(&version.sheet, &measure(&version.sheet)),
        };
        Some(Self {
            head: CaseHead::new(&shown.page.case, &shown.page.people, today, "will"),
            name: shown.ego.name.clone(),
            sides: [side(old), side(new)],
            changes: contact_changes(&old.sheet, &new.sheet),
            back: path,
            frame,
        })
    }

    /// What each measure was and is.
    fn measures(&self) -> Vec<(&'static str, &str, &str)> {
        let [old, new] = &self.sides;
        let pairs = old.measures.iter().zip(&new.measures);
        pairs.map(|(old, new)| (old.key, old.value.as_str(), new.value.as_str())).collect()
    }
}
