// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources. For staff under `/ressourcen`, for everybody under `/angebote`: the same search, the same
//! cards, other things to do with them.
//!
//! `ask` reads the question out of an address, `view` says a card in German, `map` draws hits; the other files are pages.

mod ask;
mod card;
mod care;
mod embed;
mod files;
mod hsds;
mod hsds_files;
mod import;
mod import_files;
mod import_view;
mod keeping;
mod list;
mod live_map;
mod map;
mod met;
mod owner;
mod public;
mod tiles;
mod times;
mod tongues;
mod view;
mod waiting;

pub(crate) use hsds::writer as hsds_writer;
pub(crate) use import_view::{defaults as import_defaults, sentence as said_in_german, words as import_words};
pub(crate) use view::{CardView, View};

use crate::kit::{Asks, Choice, FormData, Routes};
use domain::access::Action;
use domain::kernel::{Day, SpaceId};
use domain::resources::Fields;
use domain::resources::search::{Asked, Filter};

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let (see, tend) = (Asks::For(Action::SeeDirectory), Asks::For(Action::TendResources));
    let curate = Asks::For(Action::CurateResources);
    Routes::default()
        .get("/ressourcen", see, list::list)
        .get("/ressourcen/neu", tend, card::blank)
        .post("/ressourcen/neu", tend, card::add)
        .get("/ressourcen/vorschlag", see, list::complete)
        .get("/ressourcen/karte.json", see, live_map::inside)
        .get("/ressourcen/einbetten", tend, embed::snippet)
        .get("/ressourcen/pflege", tend, care::desk)
        .get("/ressourcen/luecken", Asks::For(Action::SeeProfessionalCards), care::gaps)
        .get("/ressourcen/doppelte", curate, care::doubles)
        .post("/ressourcen/doppelte", curate, care::join)
        .post("/ressourcen/hinweise/{id}", tend, care::settle)
        .get("/ressourcen/uebergabe", curate, keeping::keepers)
        .post("/ressourcen/uebergabe", tend, keeping::hand_over)
        .get("/ressourcen/{id}", see, card::show)
        .post("/ressourcen/{id}/loeschen", tend, keeping::erase)
        .get("/ressourcen/{id}/geloescht", Asks::For(Action::SeeProfessionalCards), keeping::erased)
        .get("/ressourcen/{id}/aendern", tend, card::edit)
        .post("/ressourcen/{id}/aendern", tend, card::change)
        .post("/ressourcen/{id}/bestaetigen", tend, card::confirm)
        .post("/ressourcen/{id}/beenden", tend, card::close)
        .post("/ressourcen/{id}/wieder", tend, card::reopen)
        .post("/ressourcen/{id}/widerruf", tend, card::revoke_consent)
        .post("/ressourcen/{id}/link", tend, owner::make)
        .post("/ressourcen/{id}/link-zurueck", tend, owner::revoke)
        .post("/ressourcen/{id}/trennen", curate, care::part)
        .post("/ressourcen/{id}/zeugnis", tend, card::certify)
        .get("/ressourcen/{id}/sprachen", tend, tongues::show)
        .post("/ressourcen/{id}/sprachen", tend, tongues::write)
        .post("/ressourcen/{id}/sprachen/loeschen", tend, tongues::forget)
        .and(import::routes())
        .and(public_routes())
        .and(hsds_routes())
}

fn public_routes() -> Routes {
    Routes::default()
        .get("/angebote", Asks::Nobody, public::list)
        .get("/angebote/vorschlag", Asks::Nobody, public::complete)
        .get("/angebote/karte.json", Asks::Nobody, live_map::outside)
        .get("/angebote/einbetten", Asks::Nobody, embed::show)
        .get("/karte/gebiete.json", Asks::Nobody, live_map::areas)
        .get("/karte/grundkarte.pmtiles", Asks::Nobody, tiles::basemap)
        .get("/angebote/{id}", Asks::Nobody, public::show)
        .post("/angebote/{id}/fehler", Asks::Nobody, public::report)
        .get("/angebote/{id}/kalender.ics", Asks::Nobody, files::calendar_of)
        .get("/angebote.ics", Asks::Nobody, files::calendar)
        .get("/angebote.atom", Asks::Nobody, files::atom)
        .get("/angebote.geojson", Asks::Nobody, files::geojson)
        .get("/angebote.csv", Asks::Nobody, files::csv)
        .get("/pflege/{token}", Asks::Nobody, owner::show)
        .post("/pflege/{token}/bestaetigen", Asks::Nobody, owner::confirm)
        .post("/pflege/{token}/vorschlagen", Asks::Nobody, owner::propose)
        .post("/pflege/{token}/beenden", Asks::Nobody, owner::close)
}

fn hsds_routes() -> Routes {
    Routes::default()
        .get("/hsds", Asks::Nobody, hsds::about)
        .get("/hsds/services", Asks::Nobody, hsds::services)
        .get("/hsds/services/{id}", Asks::Nobody, hsds::service)
        .get("/hsds/organizations", Asks::Nobody, hsds::organizations)
        .get("/hsds/organizations/{id}", Asks::Nobody, hsds::organization)
        .get("/hsds/service_at_locations", Asks::Nobody, hsds::places)
        .get("/hsds/service_at_locations/{id}", Asks::Nobody, hsds::place)
        .get("/hsds/taxonomies", Asks::Nobody, hsds::taxonomies)
        .get("/hsds/taxonomies/{id}", Asks::Nobody, hsds::taxonomy)
        .get("/hsds/taxonomy_terms", Asks::Nobody, hsds::terms)
        .get("/hsds/taxonomy_terms/{id}", Asks::Nobody, hsds::term)
        .get("/hsds/hsds.json", Asks::Nobody, hsds_files::dataset)
        .get("/hsds/datapackage.zip", Asks::Nobody, hsds_files::package)
}

impl Fields for FormData {
    fn all(&self, field: &str) -> Vec<&str> {
        self.fields().iter().filter(|(name, _)| name == field).map(|(_, value)| value.as_str()).collect()
    }
}

/// All codes of a list with their words.
macro_rules! choices {
    ($kind:literal, $codes:ty) => {
        crate::kit::Choice::words($kind, &<$codes>::ALL.iter().map(|one| one.code()).collect::<Vec<_>>())
    };
}
pub(crate) use choices;

/// The spaces to choose from.
async fn spaces(web: &crate::kit::Web) -> Result<Vec<Choice>, crate::kit::Oops> {
    let spaces = app::resources::public_spaces(&web.app).await?;
    Ok(spaces.into_iter().map(|(id, name)| Choice::new(id, name)).collect())
}

/// All cards of a space, by name.
pub(crate) fn in_space(space: SpaceId, today: Day, limit: usize) -> Asked {
    let filter = Filter { space: Some(space), ..Filter::default() };
    Asked { text: String::new(), filter, today, after: None, limit, places: false }
}
