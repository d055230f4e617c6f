// SPDX-License-Identifier: EUPL-1.2
//! What every room stands on: messages, forms, the frame around a page, sessions, routes, answers.

pub mod answer;
pub mod assets;
pub mod fields;
pub mod form;
pub mod forms;
pub mod frame;
pub mod guard;
pub mod link;
pub mod messages;
pub mod parse;
pub mod press;
pub mod routes;
pub mod session;
pub mod sheet;
pub mod site;
pub mod upload;

pub use answer::{Oops, page, redirect};
pub use fields::{Choice, FormView};
pub use form::FormData;
pub use frame::{Frame, Nav, Plain};
pub use link::link;
pub use messages::{filters, t, t_with};
pub use press::pressed;
pub use routes::{Asks, Id, Routes};
pub use session::SignedIn;
pub use site::Site;
pub use upload::{LARGE, Uploaded};

use app::App;
use std::sync::Arc;

/// What handlers stand on. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    /// The house below.
    pub app: App,
    /// Is this a demo with one-click sign-in?
    pub demo: bool,
    /// The office's name.
    pub office: Arc<str>,
    /// What the operator decided.
    pub site: site::Site,
}
