// SPDX-License-Identifier: EUPL-1.2
//! The frame around a page: who is here, where they can go. The navigation asks the same policy as
//! everything else: what cannot be reached is not offered.

use super::{SignedIn, Web};
use domain::access::{Action, sight};

/// A place in the navigation: message key of its name.
pub type Nav = &'static str;

/// A link of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavItem {
    /// Message key.
    pub key: Nav,
    /// Path.
    pub path: &'static str,
    /// Who may do this sees the link.
    asks: Action,
    /// Shown only around this place, or where that cannot be reached.
    under: Option<Nav>,
}

impl NavItem {
    /// Is it a part of another place?
    #[must_use]
    pub const fn is_part(&self) -> bool {
        self.under.is_some()
    }
}

/// A group of links.
#[derive(Debug, Clone)]
pub struct NavGroup {
    /// Message key.
    pub title: &'static str,
    /// Links.
    pub items: Vec<NavItem>,
}

const fn item(key: Nav, path: &'static str, asks: Action) -> NavItem {
    NavItem { key, path, asks, under: None }
}

const fn part(key: Nav, path: &'static str, asks: Action, under: Nav) -> NavItem {
    NavItem { key, path, asks, under: Some(under) }
}

const GROUPS: &[(&str, &[NavItem])] = &[
    (
        "nav-workplace",
        &[
            item("nav-start", "/", Action::KeepOwn),
            item("nav-intake", "/eingang", Action::SeeReport),
            item("nav-cases", "/faelle", Action::SeeCase),
            part("nav-handovers", "/uebergaben", Action::SeeCase, "nav-cases"),
            part("nav-counsel", "/vertraulich", Action::CounselChild, "nav-cases"),
            part("visit-nav", "/besuch", Action::WorkOnCase, "nav-cases"),
            item("nav-deadlines", "/fristen", Action::SeeCase),
            item("nav-protection", "/kinderschutz", Action::SeeProtection),
            part("nav-nameless", "/kinderschutz/beratung", Action::CounselNameless, "nav-protection"),
            item("nav-own-protection", "/kinderschutz/traeger", Action::GuardAsAgency),
            item("nav-note", "/notiz", Action::WorkOnCase),
            item("nav-mandates", "/auftraege", Action::SeeMandate),
        ],
    ),
    (
        "nav-space",
        &[
            item("nav-spaces", "/sozialraeume", Action::SeeDirectory),
            item("nav-resources", "/ressourcen", Action::SeeDirectory),
            part("nav-care", "/ressourcen/pflege", Action::TendResources, "nav-resources"),
            part("nav-gaps", "/ressourcen/luecken", Action::SeeProfessionalCards, "nav-resources"),
            part("nav-doubles", "/ressourcen/doppelte", Action::CurateResources, "nav-resources"),
            part("nav-keepers", "/ressourcen/uebergabe", Action::CurateResources, "nav-resources"),
            part("trade-nav", "/ressourcen/importe", Action::ImportResources, "nav-resources"),
            item("nav-teams", "/teams", Action::SeeConsultation),
            part("nav-meetings", "/teams/sitzungen", Action::SeeConsultation, "nav-teams"),
            part("nav-shares", "/teams/anteile", Action::SeeNetwork, "nav-teams"),
            item("nav-network", "/netzwerk", Action::SeeNetwork),
            part("nav-projects", "/projekte", Action::SeeProject, "nav-network"),
        ],
    ),
    (
        "nav-steering",
        &[
            item("nav-budget", "/budget", Action::SeeBudget),
            part("nav-allocation", "/budget/verteilung", Action::SeeBudget, "nav-budget"),
            part("nav-forecast", "/budget/prognose", Action::SeeBudget, "nav-budget"),
            item("nav-agencies", "/traeger", Action::SeeDirectory),
            item("nav-agreements", "/vereinbarungen", Action::SeeAgreement),
            item("nav-invoices", "/rechnungen", Action::CheckInvoice),
            item("nav-contingents", "/kontingente", Action::CountContacts),
        ],
    ),
    (
        "nav-administration",
        &[
            item("nav-calendar", "/verwaltung/kalender", Action::ManageTerritory),
            item("nav-letters", "/verwaltung/briefe", Action::KeepTemplates),
            item("nav-help-settings", "/verwaltung/hilfearten", Action::KeepTemplates),
            item("nav-people", "/verwaltung/menschen", Action::ManagePeople),
            item("nav-release", "/verwaltung/freigaben", Action::ReleasePosts),
            item("nav-rules", "/verwaltung/hausregeln", Action::SetHouseRules),
            part("visit-open-nav", "/verwaltung/besuche", Action::SetHouseRules, "nav-rules"),
            item("nav-audit", "/verwaltung/protokoll", Action::SeeAudit),
        ],
    ),
];

/// The frame around a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Who is here.
    pub name: String,
    /// The office.
    pub office: String,
    /// A demo?
    pub demo: bool,
    /// Can cases be searched?
    pub may_search: bool,
    /// Where in the navigation.
    pub current: Nav,
    /// Where one can go.
    pub groups: Vec<NavGroup>,
}

impl Frame {
    /// The frame for a person at a place.
    #[must_use]
    pub fn new(web: &Web, who: &SignedIn, current: Nav) -> Self {
        let all = || GROUPS.iter().flat_map(|(_, items)| *items);
        let reaches = |item: &NavItem| !sight(&who.actor, item.asks).is_nothing();
        let around = all().find(|item| item.key == current).and_then(|item| item.under).unwrap_or(current);
        let unfolded = |place: Nav| place == around || !all().any(|item| item.key == place && reaches(item));
        let shown = |item: &&NavItem| reaches(item) && item.under.is_none_or(unfolded);
        let groups = GROUPS
            .iter()
            .map(|(title, items)| NavGroup { title, items: items.iter().filter(shown).copied().collect() });
        Self {
            name: who.name.clone(),
            office: web.office.to_string(),
            demo: web.demo,
            may_search: !sight(&who.actor, Action::SeeCase).is_nothing(),
            current,
            groups: groups.filter(|group| !group.items.is_empty()).collect(),
        }
    }
}

/// The frame around a page for everybody, signed in or not.
#[derive(Debug, Clone)]
pub struct Plain {
    /// The office.
    pub office: String,
    /// A demo?
    pub demo: bool,
}

impl Plain {
    /// The frame.
    #[must_use]
    pub fn new(web: &Web) -> Self {
        Self { office: web.office.to_string(), demo: web.demo }
    }
}
