// SPDX-License-Identifier: EUPL-1.2
//! One line a room.

use crate::kit::routes::{Asks, Route, Routes};
use crate::kit::{Web, answer, assets, guard};
use crate::{
    access, agencies, agreements, api, audit, budget, casework, deadlines, exchange, forecast, help, letters, network,
    resources, start, territory,
};
use axum::Router;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

fn rooms() -> Routes {
    Routes::default()
        .get("/assets/{*name}", Asks::Nobody, assets::asset)
        .and(start::routes())
        .and(access::routes())
        .and(casework::intake::routes())
        .and(casework::board::routes())
        .and(casework::cases::routes())
        .and(casework::people::routes())
        .and(casework::seals::routes())
        .and(casework::area::routes())
        .and(casework::handover::routes())
        .and(casework::counsel::routes())
        .and(casework::statements::routes())
        .and(casework::consultation::routes())
        .and(casework::idea_answer::routes())
        .and(casework::meeting::routes())
        .and(casework::meeting_live::routes())
        .and(casework::package::routes())
        .and(casework::goals::routes())
        .and(casework::notes::routes())
        .and(casework::brief::routes())
        .and(casework::undo::routes())
        .and(casework::visit::routes())
        .and(casework::workload::routes())
        .and(casework::records::routes())
        .and(casework::review::routes())
        .and(casework::rhythm::routes())
        .and(casework::transition::routes())
        .and(casework::plan_talk::routes())
        .and(casework::help_settings::routes())
        .and(casework::step_down::routes())
        .and(casework::ending::routes())
        .and(casework::integration_help::routes())
        .and(casework::resource_check::routes())
        .and(casework::matching::routes())
        .and(casework::lived_space::routes())
        .and(casework::network::routes())
        .and(casework::genogram::routes())
        .and(casework::sheet_undo::routes())
        .and(casework::family::routes())
        .and(casework::difference::routes())
        .and(casework::court_extract::routes())
        .and(casework::plan::routes())
        .and(casework::protection::routes())
        .and(deadlines::routes())
        .and(letters::routes())
        .and(casework::commission::routes())
        .and(exchange::routes())
        .and(territory::routes())
        .and(network::routes())
        .and(network::projects::routes())
        .and(resources::routes())
        .and(budget::routes())
        .and(budget::allocation::routes())
        .and(agencies::routes())
        .and(agreements::routes())
        .and(forecast::routes())
        .and(audit::routes())
        .and(help::routes())
        .and(api::routes())
}

/// Every route with what it asks for.
#[must_use]
pub fn listing() -> Vec<Route> {
    rooms().into_parts().1
}

/// The whole site.
pub fn router(web: Web) -> Router {
    rooms()
        .into_parts()
        .0
        .fallback(api::nothing_here)
        .method_not_allowed_fallback(api::wrong_method)
        .layer(axum::middleware::from_fn_with_state(web.clone(), answer::in_frame))
        .layer(CsrfLayer::new())
        .layer(axum::middleware::from_fn(guard::headers))
        .layer(CatchPanicLayer::new())
        // Pages are never kept, so each is pressed anew: quickly is better than tightly.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .with_state(web)
}
