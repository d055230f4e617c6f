// SPDX-License-Identifier: EUPL-1.2
//! People and their posts.

use crate::kit::answer::{attempt, for_form, refused};
use crate::kit::parse::Parser;
use crate::kit::{
    Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, link, page, redirect, t,
};
use app::access::{self, NewPerson, PersonLine, PostPlace};
use app::{agencies, territory};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::access::{Action, Email, Password, Role};
use domain::kernel::{Day, PostId, Refusals, UserId};
use serde::Deserialize;
use uuid::Uuid;

/// The room's doors.
pub(super) fn routes() -> Routes {
    Routes::default()
        .get("/verwaltung/menschen", Asks::For(Action::ManagePeople), list)
        .post("/verwaltung/menschen", Asks::For(Action::ManagePeople), add)
        .post("/verwaltung/menschen/{id}/aufgaben", Asks::For(Action::ManagePeople), give_post)
        .post("/verwaltung/aufgaben/{id}/ende", Asks::For(Action::ManagePeople), end_post)
}

const PATH: &str = "/verwaltung/menschen";
/// As many lines as one page of the list has.
const PAGE: usize = 200;

// Forms -----------------------------------------------------------------------------------------------

fn parse_person(form: &FormData) -> Result<NewPerson, Refusals> {
    let mut read = Parser::new(form);
    let (name, email) = (read.line("name"), read.with("email", Email::parse));
    let (agency, password) = (read.maybe_id("agency"), read.maybe("password", Password::new));
    let value =
        (|| Some(NewPerson { name: name?, email: email?, agency: agency?, password: password?, demo_key: None }))();
    read.finish(value)
}

/// `house`, `region:<id>` or `team:<id>`.
fn place_of(text: &str) -> Option<PostPlace> {
    match text.split_once(':') {
        Some(("region", id)) => id.parse().ok().map(PostPlace::Region),
        Some(("team", id)) => id.parse().ok().map(PostPlace::Team),
        _ => (text == "house").then_some(PostPlace::House),
    }
}

fn parse_post(form: &FormData) -> Result<(Role, PostPlace), Refusals> {
    let mut read = Parser::new(form);
    let (role, place) = (read.code("role", Role::from_code), read.code("place", place_of));
    read.finish(role.zip(place))
}

/// Which part of the list, and who is to get a post.
#[derive(Deserialize, Default)]
struct Asked {
    #[serde(default)]
    ab: String,
    #[serde(default)]
    person: String,
}

// Handlers --------------------------------------------------------------------------------------------

async fn list(State(web): State<Web>, who: SignedIn, Query(asked): Query<Asked>) -> Result<Response, Oops> {
    let mut shown = PeoplePage::load(&web, &who, asked.ab).await?;
    if let Ok(id) = asked.person.parse() {
        shown.choose(id, FormView::new("post", web.app.fresh()));
    }
    Ok(page(&shown))
}

async fn add(State(web): State<Web>, who: SignedIn, form: FormData) -> Result<Response, Oops> {
    who.must(Action::ManagePeople)?;
    let key = form.key()?;
    let added = match parse_person(&form) {
        Ok(new) => {
            let name = new.name.as_str().to_owned();
            let done = for_form(access::add_person(&web.app, &who.actor, Some(key), new).await)?;
            done.map(|id| (id, name))
        }
        Err(wrong) => Err(wrong),
    };
    match added {
        Ok((id, name)) => Ok(redirect(&(chosen_link(&name, id) + "#aufgabe"))),
        Err(wrong) => {
            let mut shown = PeoplePage::load(&web, &who, String::new()).await?;
            shown.add = FormView::new("person-add", key.id).refused(&form, &wrong);
            Ok(refused(&shown))
        }
    }
}

async fn give_post(
    State(web): State<Web>,
    who: SignedIn,
    Id(id): Id<UserId>,
    form: FormData,
) -> Result<Response, Oops> {
    who.must(Action::ManagePeople)?;
    let key = form.key()?;
    let done = attempt(parse_post(&form), |post| access::give_post(&web.app, &who.actor, Some(key), id, post)).await?;
    let from = form.value("ab").to_owned();
    match done {
        Ok(_) => Ok(redirect(&format!("{}#p-{id}", link(PATH, &[("ab", &from)])))),
        Err(wrong) => {
            let mut shown = PeoplePage::load(&web, &who, from).await?;
            shown.choose(id, FormView::new("post", key.id).refused(&form, &wrong));
            Ok(refused(&shown))
        }
    }
}

async fn end_post(State(web): State<Web>, who: SignedIn, Id(id): Id<PostId>, form: FormData) -> Result<Response, Oops> {
    access::end_post(&web.app, &who.actor, Some(form.key()?), id).await?;
    Ok(redirect(&link(PATH, &[("ab", form.value("ab"))])))
}

fn chosen_link(name: &str, id: UserId) -> String {
    link(PATH, &[("ab", name), ("person", &id.to_string())])
}

// Pages -----------------------------------------------------------------------------------------------

/// A post of a person as shown.
struct PostView {
    id: PostId,
    role: String,
    place: String,
    from: String,
    until: Option<String>,
    /// For the form that ends it.
    key: Uuid,
}

/// A person with all posts.
struct PersonView {
    id: UserId,
    name: String,
    email: String,
    agency: String,
    posts: Vec<PostView>,
}

fn german(day: &str) -> String {
    Day::parse(day).map_or_else(|_| day.to_owned(), Day::german)
}

fn by_person(web: &Web, lines: Vec<PersonLine>) -> Vec<PersonView> {
    let mut people: Vec<PersonView> = Vec::new();
    for line in lines {
        if people.last().is_none_or(|last| last.id != line.user) {
            let (id, name, email, agency) = (line.user, line.name, line.email, line.agency);
            people.push(PersonView { id, name, email, agency, posts: Vec::new() });
        }
        let (Some(last), Some((id, role, place, from, until))) = (people.last_mut(), line.post) else { continue };
        let (from, until) = (german(&from), until.map(|day| german(&day)));
        last.posts.push(PostView { id, role, place, from, until, key: web.app.fresh() });
    }
    people
}

#[derive(Template)]
#[template(path = "access/people.html")]
struct PeoplePage {
    frame: Frame,
    from: String,
    people: Vec<PersonView>,
    /// The next page.
    next: Option<String>,
    add: FormView,
    agencies: Vec<Choice>,
    /// Who is to get a post: id, name, form.
    chosen: Option<(UserId, String, FormView)>,
    roles: Vec<Choice>,
    places: Vec<Choice>,
}

impl PeoplePage {
    async fn load(web: &Web, who: &SignedIn, from: String) -> Result<Self, Oops> {
        let lines = access::people(&web.app, &who.actor, from.clone()).await?;
        let next = lines.last().filter(|_| lines.len() == PAGE).map(|line| link(PATH, &[("ab", &line.name)]));
        let agencies = agencies::all(&web.app, &who.actor).await?;
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
        Ok(Self {
            frame: Frame::new(web, who, "nav-people"),
            people: by_person(web, lines),
            from,
            next,
            add: FormView::new("person-add", web.app.fresh()),
            agencies: agencies.iter().map(|line| Choice::new(line.agency.id, line.agency.name.as_str())).collect(),
            chosen: None,
            roles: Choice::words("role", &roles),
            places: places(&territory::teams(&web.app, &who.actor).await?),
        })
    }

    /// Shows the form for one person's new post.
    fn choose(&mut self, id: UserId, form: FormView) {
        let name = self.people.iter().find(|person| person.id == id).map(|person| person.name.clone());
        self.chosen = name.map(|name| (id, name, form));
    }
}

fn places(teams: &[territory::TeamLine]) -> Vec<Choice> {
    let mut places = vec![Choice::new("house", t("post-house"))];
    let mut regions: Vec<_> = teams.iter().map(|team| (team.region_name.as_str(), team.region)).collect();
    regions.sort_unstable();
    regions.dedup();
    let region = |(name, id): &(&str, _)| Choice::new(format!("region:{id}"), format!("{} {name}", t("region")));
    places.extend(regions.iter().map(region));
    places.extend(teams.iter().map(|team| Choice::new(format!("team:{}", team.id), &*team.name)));
    places
}
