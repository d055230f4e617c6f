// SPDX-License-Identifier: EUPL-1.2
//! Social spaces: the map with the same as a list, "Welcher Sozialraum?", a space's profile.

mod borders;
mod figures;
pub(crate) mod map;
mod recut;

use crate::kit::{Asks, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page};
use crate::resources::{CardView, View, in_space};
use app::resources::{self, viewer_of};
use app::territory::{self, SpaceLine, SpaceProfile};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::Action;
use domain::kernel::{Day, SpaceId};
use domain::territory::{Address, How, Located};
use map::Drawing;
use serde::Deserialize;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    Routes::default()
        .get("/sozialraeume", Asks::For(Action::SeeDirectory), overview)
        .get("/sozialraeume/{id}", Asks::For(Action::SeeDirectory), profile)
        .and(borders::routes())
        .and(recut::routes())
        .and(figures::routes())
}

// Forms -----------------------------------------------------------------------------------------------

/// An address whose space is looked for.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    adresse: String,
    /// As of which day; today if left out or unreadable.
    #[serde(default)]
    tag: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn overview(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let spaces = territory::spaces(&web.app, &who.actor).await?;
    let today = web.app.today();
    let day = Day::parse(&asked.tag).unwrap_or(today);
    let shapes = territory::shapes_as_of(&web.app, &who.actor, day).await?;
    let answer = match asked.adresse.trim() {
        "" => None,
        text => {
            let address = Address::read(text);
            Some(Answer::of(territory::find_space(&web.app, &who.actor, address, day).await?, &spaces))
        }
    };
    let form = FormView::new("which-space", web.app.fresh()).with("adresse", asked.adresse.trim()).with("tag", day);
    let (areas, height) = areas(&map::draw(&shapes), &spaces);
    let regions = regions(&spaces);
    let as_of = Some(day).filter(|day| *day != today);
    let days = territory::planned_days(&web.app, &who.actor).await?;
    let drawn = shapes.iter().map(|(space, _)| *space).collect();
    let frame = Frame::new(&web, &who, "nav-spaces");
    Ok(page(&MapPage { frame, form, answer, areas, height, regions, spaces, as_of, days, drawn }))
}

async fn profile(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<SpaceId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Oops> {
    let today = web.app.today();
    let day = Day::parse(&asked.tag).unwrap_or(today);
    let profile = territory::profile_as_of(&web.app, &who.actor, id, day).await?;
    let space = profile.space.clone();
    let found = resources::search(&web.app, viewer_of(&who.actor)?, in_space(id, today, resources::PAGE)).await?;
    let more = found.next.is_some();
    let cards = found.cards.iter().map(|one| CardView::of(&one.card, View::Public, today)).collect();
    let (form, frame) =
        (FormView::new("map-profile", web.app.fresh()).with("tag", day), Frame::new(&web, &who, "nav-spaces"));
    let as_of = Some(day).filter(|day| *day != today);
    Ok(page(&ProfilePage { frame, space, profile, cards, more, form, as_of }))
}

// Pages -----------------------------------------------------------------------------------------------

/// What was found for an address.
struct Answer {
    /// Code of how it was found, or why not.
    found: &'static str,
    /// The space, or those it may be.
    spaces: Vec<SpaceLine>,
}

impl Answer {
    fn of(located: Located, spaces: &[SpaceLine]) -> Self {
        let (found, ids) = match located {
            Located::In { space, how: How::Street } => ("street", vec![space]),
            Located::In { space, how: How::Inside } => ("inside", vec![space]),
            Located::In { space, how: How::Border } => ("border", vec![space]),
            Located::Ambiguous(ids) => ("ambiguous", ids),
            Located::OutsideDistrict => ("outside", Vec::new()),
            Located::Unknown => ("unknown", Vec::new()),
        };
        Self { found, spaces: spaces.iter().filter(|space| ids.contains(&space.id)).cloned().collect() }
    }

    fn is_clear(&self) -> bool {
        self.spaces.len() == 1
    }
}

/// A space on the map.
struct Area {
    id: SpaceId,
    name: String,
    path: String,
    x: i64,
    y: i64,
    /// Is there room for the name?
    named: bool,
    /// Shade of its region.
    shade: usize,
}

/// Shades under a dark text, those of the first regions furthest apart.
const SHADES: [usize; 4] = [1, 3, 0, 2];

/// Names of the regions in the order of their names.
fn regions(spaces: &[SpaceLine]) -> Vec<String> {
    let mut regions: Vec<String> = spaces.iter().map(|space| space.region.clone()).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

fn areas(drawing: &Drawing, spaces: &[SpaceLine]) -> (Vec<Area>, i64) {
    let line = |id: SpaceId| spaces.iter().find(|space| space.id == id);
    let regions = regions(spaces);
    let named = map::named(drawing, |id| line(id).map_or("", |space| &space.name));
    let area = |(drawn, named): (&map::Drawn, bool)| {
        let space = line(drawn.space)?;
        let at = regions.iter().position(|region| *region == space.region).unwrap_or_default();
        let shade = SHADES[at % SHADES.len()];
        let (x, y) = drawn.label;
        Some(Area { id: space.id, name: space.name.clone(), path: drawn.path.clone(), x, y, named, shade })
    };
    (drawing.spaces.iter().zip(named).filter_map(area).collect(), drawing.height)
}

#[derive(Template)]
#[template(path = "territory/map.html")]
struct MapPage {
    frame: Frame,
    form: FormView,
    answer: Option<Answer>,
    areas: Vec<Area>,
    height: i64,
    regions: Vec<String>,
    spaces: Vec<SpaceLine>,
    /// Another day than today.
    as_of: Option<Day>,
    /// Days from which boundaries count.
    days: Vec<Day>,
    /// Spaces with an area on this day.
    drawn: Vec<SpaceId>,
}

impl MapPage {
    /// Has the space an area? Without any boundaries every space counts.
    fn is_drawn(&self, space: &SpaceLine) -> bool {
        self.drawn.is_empty() || self.drawn.contains(&space.id)
    }

    fn width(&self) -> i64 {
        map::WIDTH
    }

    /// Regions with their shades. With more regions than shades the list beside the map tells them apart.
    fn legend(&self) -> impl Iterator<Item = (usize, &String)> {
        self.regions.iter().enumerate().map(|(at, name)| (SHADES[at % SHADES.len()], name))
    }
}

#[derive(Template)]
#[template(path = "territory/space.html")]
struct ProfilePage {
    frame: Frame,
    space: SpaceLine,
    cards: Vec<CardView>,
    profile: SpaceProfile,
    more: bool,
    form: FormView,
    /// Another day than today.
    as_of: Option<Day>,
}
