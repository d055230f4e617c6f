// SPDX-License-Identifier: EUPL-1.2
//! The directory of resources: who sees what, through every door and for everybody; owners, families, coordinators.

use crate::client::{Answer, Client};
use crate::town::{Engine, Town};
use axum::http::Method;

/// Fields of a card that everybody may see.
pub fn card<'a>(name: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("name", name),
        ("kind", "offer"),
        ("topics", "sport"),
        ("about", "Für Kinder am Wasser"),
        ("visibility", "public"),
        ("place", "Lindenweg 12"),
    ];
    all.retain(|(field, _)| more.iter().all(|(other, _)| other != field));
    all.extend_from_slice(more);
    all
}

pub async fn add(client: &Client, fields: &[(&str, &str)]) -> String {
    let added = client.fill("/ressourcen/neu", "/ressourcen/neu", fields).await;
    if !added.text().contains("Gibt es das schon?") {
        return added.id();
    }
    // Whoever adds it has looked.
    client.post("/ressourcen/neu", &[fields, &[("despite", "1")]].concat()).await.id()
}

fn consent(until: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("kind", "person"),
        ("consent_on", "2026-11-01"),
        ("consent_until", until),
        ("consent_scope", "public"),
        ("consent_form", "written"),
    ]
}

/// Every door through which a card could show, for a name and an id.
async fn doors(client: &Client, name: &str, id: &str, signed_in: bool) -> Vec<(String, Answer)> {
    let mut paths = vec![
        "/angebote".to_owned(),
        format!("/angebote?q={name}"),
        format!("/angebote/{id}"),
        format!("/angebote/vorschlag?q={name}"),
        "/angebote.atom".to_owned(),
        "/angebote.ics".to_owned(),
        "/angebote.csv".to_owned(),
        "/angebote.geojson".to_owned(),
        "/hsds/services".to_owned(),
        format!("/angebote/{id}/kalender.ics"),
    ];
    if signed_in {
        let inside = ["/ressourcen", "/ressourcen?alt=1", "/ressourcen?beendet=1", "/ressourcen?nahe=Lindenweg+12"];
        paths.extend(inside.map(str::to_owned));
        paths.extend([
            format!("/ressourcen?q={name}"),
            format!("/ressourcen/{id}"),
            format!("/ressourcen/vorschlag?q={name}"),
        ]);
        paths.extend([format!("/ressourcen/{id}/aendern"), "/ressourcen/doppelte".to_owned(), "/".to_owned()]);
    }
    let mut answers = Vec::new();
    for path in paths {
        let answer = client.get(&path).await;
        answers.push((path, answer));
    }
    if signed_in {
        for path in
            [format!("/api/v1/resources?q={name}"), "/api/v1/resources".to_owned(), format!("/api/v1/resources/{id}")]
        {
            let answer = client.api(Method::GET, &path, None).await;
            answers.push((path, answer));
        }
    }
    answers
}

/// Does the card show through any door? The word itself stands in the field of the search, so it is looked for
/// with what stands on the card.
fn shows(answers: &[(String, Answer)], secret: &str) -> Vec<String> {
    answers.iter().filter(|(_, answer)| answer.text().contains(secret)).map(|(path, _)| path.clone()).collect()
}

async fn visibility(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let mut cards = Vec::new();
    for (name, seen) in
        [("Offenkundig", "public"), ("Fachlich", "professionals"), ("Teamsache", "team"), ("Eigenes", "owner")]
    {
        let about = format!("Geheimnis-{seen}");
        let about: &str = Box::leak(about.into_boxed_str());
        let key =
            [("visibility", seen), ("about", about), ("key_person", "Frau Schluesselblume"), ("times", "Mo 10–12 Uhr")];
        cards.push((name, seen, about, add(&marta, &card(name, &key)).await));
    }
    // Who sees what: public, professionals, team, owner.
    for (who, sees) in [
        ("", [true, false, false, false]),
        ("marta", [true, true, true, true]),
        ("malik", [true, true, true, false]),
        ("lena", [true, true, true, false]),
        ("heike", [true, true, false, false]),
        ("dana", [true, true, false, false]),
        ("konrad", [true, true, true, false]),
        ("fiona", [true, true, false, false]),
        ("paul", [true, true, false, false]),
        ("greta", [true, false, false, false]),
        ("anton", [true, false, false, false]),
        ("dora", [true, false, false, false]),
        ("lotse", [true, true, false, false]),
        ("anker", [true, true, false, false]),
        ("ankerteam", [true, true, true, false]),
    ] {
        let client = if who.is_empty() { town.stranger() } else { town.as_(who).await };
        for ((name, seen, about, id), may) in cards.iter().zip(sees) {
            let answers = doors(&client, name, id, !who.is_empty()).await;
            let shown = shows(&answers, about);
            assert_eq!(!shown.is_empty(), may, "{who} and the card for {seen}: {shown:?}");
            if !may {
                for (path, answer) in answers.iter().filter(|(path, _)| path.contains(id.as_str())) {
                    assert!(matches!(answer.status.as_u16(), 403 | 404), "{who} {path} {}", answer.status);
                }
                for (path, answer) in
                    answers.iter().filter(|(path, _)| path.contains("?q=") && !path.contains("vorschlag"))
                {
                    assert!(
                        answer.text().contains("Nichts gefunden") || answer.json()["total"] == 0,
                        "{who} counts {seen} at {path}"
                    );
                }
            }
            let outside: Vec<_> =
                answers.iter().filter(|(path, _)| path.starts_with("/angebote") || path.starts_with("/hsds")).collect();
            assert!(
                outside.iter().all(|(_, answer)| !answer.text().contains("Schluesselblume")),
                "{who}: a key person outside"
            );
        }
        let answers = doors(&client, "Schluesselblume", &cards[0].3, !who.is_empty()).await;
        let professional = !shows(&answers, "Frau Schluesselblume").is_empty();
        assert_eq!(professional, sees[1], "{who} and key persons");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sees_more_than_is_meant_for_them_on_sqlite() {
    visibility(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_sees_more_than_is_meant_for_them_on_postgres() {
    visibility(Engine::Postgres).await;
}

async fn consent_ends(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    marta
        .post("/ressourcen/neu", &card("Herr Ohne", &[("kind", "person")]))
        .await
        .is(422)
        .shows("nur mit ihrer Einwilligung");
    let mut fields = consent("2026-11-21");
    fields.extend([("about", "Repariert-Raeder"), ("times", "Mo 10–12 Uhr")]);
    let id = add(&marta, &card("Herr Ehlers", &fields)).await;
    let other =
        add(&marta, &card("Frau Petersen", &[&consent("2027-11-21")[..], &[("about", "Liest-vor")]].concat())).await;
    let link = marta.fill(&format!("/ressourcen/{id}"), &format!("/ressourcen/{id}/link"), &[]).await.text();
    let link = link.split("/pflege/").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    for (moment, open) in [("2026-11-21T23:59", true), ("2026-11-22T00:00", false), ("2027-05-01T10:00", false)] {
        for key in ["malik", "lena", "konrad", "lotse", "anton", "greta"] {
            let client = town.later(key, moment).await;
            let shown = shows(&doors(&client, "Ehlers", &id, true).await, "Repariert-Raeder");
            assert_eq!(!shown.is_empty(), open, "{key} at {moment}: {shown:?}");
        }
        let app = town.app.at(domain::kernel::Moment::parse_local(moment).unwrap());
        let stranger = Client::stranger(web::router(web::Web { app, ..town.web.clone() }));
        assert_eq!(
            !shows(&doors(&stranger, "Ehlers", &id, false).await, "Repariert-Raeder").is_empty(),
            open,
            "{moment}"
        );
        assert_eq!(stranger.get(&format!("/pflege/{link}")).await.status.as_u16(), if open { 200 } else { 422 });
        stranger.post(&format!("/angebote/{id}/fehler"), &[("words", "x")]).await.is(if open { 303 } else { 404 });
        assert!(!shows(&doors(&stranger, "Petersen", &other, false).await, "Liest-vor").is_empty());
        let keeper = town.later("marta", moment).await;
        let page = keeper.get(&format!("/ressourcen/{id}")).await;
        page.is(200).shows("Repariert-Raeder");
        assert_eq!(page.text().contains("sehen nur noch Sie"), !open);
    }
    // Taken back: gone at once.
    let action = format!("/ressourcen/{other}/widerruf");
    marta.fill(&format!("/ressourcen/{other}"), &action, &[]).await.is(303);
    assert!(shows(&doors(&town.as_("malik").await, "Petersen", &other, true).await, "Liest-vor").is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_ends_everywhere_within_the_day_on_sqlite() {
    consent_ends(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_ends_everywhere_within_the_day_on_postgres() {
    consent_ends(Engine::Postgres).await;
}

async fn owner(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, stranger) = (town.as_("marta").await, town.stranger());
    let id = add(&marta, &card("Ruderclub", &[("times", "Di 16–18 Uhr"), ("visibility", "public")])).await;
    let page = format!("/ressourcen/{id}");
    town.as_("malik").await.post(&format!("{page}/link"), &[]).await.is(403);
    let made = marta.fill(&page, &format!("{page}/link"), &[]).await;
    let token =
        made.is(200).text().split("/pflege/").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let own = format!("/pflege/{token}");
    let later = town.later("marta", "2027-08-01T09:00").await;
    later.get("/ressourcen/pflege").await.is(200).shows("Ruderclub");
    stranger.get(&own).await.is(200).shows("Ruderclub").shows("gilt bis zum 20.12.2026");
    stranger.get("/pflege/falsch").await.is(404);
    stranger.fill(&own, &format!("{own}/bestaetigen"), &[]).await.is(303);
    // What is wrong is said at its field, and what was typed stays.
    let bad = [("about", "Rudern für alle"), ("times", "wann ihr wollt")];
    stranger
        .fill(&own, &format!("{own}/vorschlagen"), &bad)
        .await
        .is(422)
        .shows("wann ihr wollt")
        .shows("nicht lesbar");
    let new =
        [("about", "Rudern für alle"), ("times", "Do 17–19 Uhr"), ("free_places", "4"), ("words", "Neue Trainerin")];
    stranger.fill(&own, &format!("{own}/vorschlagen"), &new).await.is(303);
    stranger.get(&format!("/angebote/{id}")).await.shows("Di 16–18 Uhr").hides("Rudern für alle");
    let desk = marta.get("/ressourcen/pflege").await;
    desk.shows("Neue Trainerin").shows("Do 17–19 Uhr").shows("Rudern für alle");
    let text = desk.text();
    let task = text.split("/ressourcen/hinweise/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let action = format!("/ressourcen/hinweise/{task}");
    town.as_("malik").await.post(&action, &[("was", "nehmen")]).await.is(403);
    marta.post(&action, &[("was", "nehmen")]).await.is(303);
    marta.post(&action, &[("was", "nehmen")]).await.is(404);
    stranger.get(&format!("/angebote/{id}")).await.shows("Do 17–19 Uhr").shows("Rudern für alle");
    // An owner cannot widen who sees the card, nor reach another one.
    stranger.post(&format!("{own}/vorschlagen"), &[("about", "x"), ("visibility", "owner")]).await.is(303);
    marta.get(&page).await.hides("nur für mich");
    stranger.fill(&own, &format!("{own}/beenden"), &[]).await.is(303);
    stranger.get(&format!("/angebote/{id}")).await.is(404);
    marta.get("/ressourcen/pflege").await.shows("Der Anbieter hat die Karte beendet");
    marta.fill(&page, &format!("{page}/wieder"), &[]).await.is(303);
    let link = marta.get(&page).await.text();
    let link = link.split("name=\"link\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    marta.post(&format!("{page}/link-zurueck"), &[("link", &link)]).await.is(303);
    stranger.get(&own).await.is(422).shows("gilt nicht mehr");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_tends_a_card_without_an_account_on_sqlite() {
    owner(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_owner_tends_a_card_without_an_account_on_postgres() {
    owner(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_ends_after_thirty_days() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let id = add(&marta, &card("Chor", &[])).await;
    let made = marta.fill(&format!("/ressourcen/{id}"), &format!("/ressourcen/{id}/link"), &[]).await.text();
    let token = made.split("/pflege/").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    for (moment, status) in [("2026-12-20T09:59", 200), ("2026-12-20T10:00", 422)] {
        let app = town.app.at(domain::kernel::Moment::parse_local(moment).unwrap());
        let stranger = Client::stranger(web::router(web::Web { app, ..town.web.clone() }));
        stranger.get(&format!("/pflege/{token}")).await.is(status);
        stranger.post(&format!("/pflege/{token}/bestaetigen"), &[]).await.is(if status == 200 { 303 } else { 422 });
    }
}

/// N2: what a family tells about a neighbour never becomes a card, nor can be found.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_neighbour_of_a_family_never_becomes_a_card() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let id = crate::main_job::opens(&marta).await;
    let before = marta.api(Method::GET, "/api/v1/resources", None).await.json()["total"].clone();
    let words = [("field", "social"), ("words", "Nachbarin Frau Sonderbar hütet die Kinder"), ("owner", "")];
    marta.post(&format!("/faelle/{id}/ressourcen"), &words).await.is(303);
    marta.get(&format!("/faelle/{id}/wille")).await.shows("Frau Sonderbar");
    assert_eq!(marta.api(Method::GET, "/api/v1/resources", None).await.json()["total"], before);
    for path in ["/ressourcen?q=Sonderbar", "/angebote?q=Sonderbar", "/ressourcen?q=Nachbarin"] {
        marta.get(path).await.is(200).shows("Nichts gefunden").hides("hütet");
    }
}

/// N12: no more than § 72a(5) allows, by staff of the office only, and gone in time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_is_remembered_as_the_law_allows() {
    let town = Town::new(Engine::Sqlite).await;
    let konrad = town.as_("konrad").await;
    let id = add(&konrad, &card("Herr Nowak", &consent("2028-10-01"))).await;
    let (page, action) = (format!("/ressourcen/{id}"), format!("/ressourcen/{id}/zeugnis"));
    let seen = [("inspected_on", "2026-11-10"), ("dated_on", "2026-11-20"), ("finding", "nothing")];
    konrad.fill(&page, &action, &seen).await.is(422).shows("jünger als die Einsicht");
    let seen = [("inspected_on", "2026-11-10"), ("dated_on", "2026-11-02"), ("finding", "nothing")];
    konrad.fill(&page, &action, &seen).await.is(303);
    konrad.get(&page).await.shows("02.11.2026").shows("kein Eintrag, der zählt");
    town.as_("marta").await.get(&page).await.is(200).hides("02.11.2026");
    town.as_("lotse").await.get(&page).await.is(200).hides("02.11.2026");
    town.as_("lotse").await.post(&action, &seen).await.is(403);
    let lotse = town.as_("lotse").await;
    let own = add(&lotse, &card("Frau Wind", &consent("2028-10-01"))).await;
    lotse.post(&format!("/ressourcen/{own}/zeugnis"), &seen).await.is(403);
    let ended = [
        ("inspected_on", "2026-11-10"),
        ("dated_on", "2026-11-02"),
        ("finding", "nothing"),
        ("activity_ended_on", "2026-11-15"),
    ];
    konrad.fill(&page, &action, &ended).await.is(303);
    town.later("konrad", "2027-05-14T10:00").await.get(&page).await.shows("02.11.2026");
    town.later("konrad", "2027-05-15T00:00").await.get(&page).await.hides("02.11.2026");
    let after = town.app.at(domain::kernel::Moment::parse_local("2027-05-15T00:00").unwrap());
    assert_eq!(app::resources::forget_certificates(&after).await, Ok(1));
    assert_eq!(app::resources::forget_certificates(&after).await, Ok(0));
    assert!(town.deeds().await.iter().any(|deed| deed.contains("certificate-forgotten")));
    // Never taken up: not kept at all.
    let never = [
        ("inspected_on", "2026-11-10"),
        ("dated_on", "2026-11-02"),
        ("finding", "nothing"),
        ("activity_ended_on", "2026-11-10"),
    ];
    konrad.fill(&page, &action, &never).await.is(303);
    konrad.get(&page).await.hides("02.11.2026");
}
