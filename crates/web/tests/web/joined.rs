// SPDX-License-Identifier: EUPL-1.2
//! Cards that were joined, proposals that grew old, and people who tell too much: nothing shows wider than it was meant,
//! nothing that somebody wrote is lost, and nobody can make others silent.

use crate::cards::{add, card};
use crate::client::Client;
use crate::town::{Engine, Town};

const AGREED: [(&str, &str); 6] = [
    ("kind", "person"),
    ("place", ""),
    ("consent_on", "2026-11-01"),
    ("consent_until", "2027-11-01"),
    ("consent_scope", "public"),
    ("consent_form", "written"),
];

async fn change(client: &Client, id: &str, fields: &[(&str, &str)]) {
    let action = format!("/ressourcen/{id}/aendern");
    client.fill(&action, &action, fields).await.is(303);
}

async fn twin(client: &Client, name: &str, more: &[(&str, &str)]) -> String {
    add(client, &card(name, more)).await
}

async fn joined(client: &Client, kept: &str, gone: &str) {
    client.post("/ressourcen/doppelte", &[("kept", kept), ("gone", gone)]).await.is(303);
}

async fn parted(client: &Client, kept: &str) {
    let page = format!("/ressourcen/{kept}");
    client.fill(&page, &format!("{page}/trennen"), &[]).await.is(303);
}

/// Whatever was done to a card while it was joined stays when it is parted.
async fn parting_takes_back_what_joining_gave(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, stranger) = (town.as_("konrad").await, town.stranger());
    let kept = add(&konrad, &card("Ruderclub Hafen", &[])).await;
    let gone =
        twin(&konrad, "Ruder-Club Hafen", &[("contact", "Tel. 0471-22"), ("conditions", "ab Seepferdchen")]).await;
    joined(&konrad, &kept, &gone).await;
    stranger.get(&format!("/angebote/{kept}")).await.shows("0471-22").shows("ab Seepferdchen");
    let later = [("about", "Jetzt auch für Große"), ("contact", "Tel. 0471-22"), ("conditions", "ab Bronze")];
    change(&konrad, &kept, &card("Ruderclub Hafen", &[&later[..], &[("visibility", "professionals")]].concat())).await;
    parted(&konrad, &kept).await;
    // What was taken and left alone goes back; what somebody wrote since stays; who sees it stays.
    let page = konrad.get(&format!("/ressourcen/{kept}")).await;
    page.shows("Jetzt auch für Große").shows("ab Bronze").hides("0471-22");
    stranger.get(&format!("/angebote/{kept}")).await.is(404);
    stranger.get(&format!("/angebote/{gone}")).await.is(200).shows("0471-22");
    // A person who took the consent back does not come back by parting.
    let person = twin(&konrad, "Frau Quittenbaum", &AGREED).await;
    let double = twin(&konrad, "Fr. Quittenbaum", &AGREED).await;
    joined(&konrad, &person, &double).await;
    konrad.fill(&format!("/ressourcen/{person}"), &format!("/ressourcen/{person}/widerruf"), &[]).await.is(303);
    stranger.get(&format!("/angebote/{person}")).await.is(404);
    parted(&konrad, &person).await;
    stranger.get(&format!("/angebote/{person}")).await.is(404);
    town.as_("lena").await.get(&format!("/ressourcen/{person}")).await.is(404);
}

/// What somebody showed to few does not show to many because a card of the same thing shows to many.
async fn joining_widens_nothing(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, stranger) = (town.as_("konrad").await, town.stranger());
    let secrets =
        [("contact", "Tel. Eng-1"), ("key_person", "Frau Eng-2"), ("conditions", "Eng-3"), ("keywords", "eng4")];
    for (n, narrow) in [
        vec![("visibility", "team")],
        vec![("visibility", "professionals")],
        vec![("visibility", "owner")],
        [&AGREED[..], &[("consent_scope", "professionals"), ("visibility", "professionals")]].concat(),
        [&AGREED[..], &[("visibility", "public")]].concat(),
    ]
    .into_iter()
    .enumerate()
    {
        let (wide, small) = (format!("Bootshaus Nummer{n}"), format!("Boots-Haus Nummer{n}"));
        let kept = twin(&konrad, &wide, &[]).await;
        let gone = twin(&konrad, &small, &[&secrets[..], &narrow].concat()).await;
        joined(&konrad, &kept, &gone).await;
        for page in [
            stranger.get(&format!("/angebote/{kept}")).await,
            town.as_("lotse").await.get(&format!("/ressourcen/{kept}")).await,
            stranger.get(&format!("/angebote.csv?q=Nummer{n}")).await,
        ] {
            page.is(200).hides("Eng-1").hides("Eng-2").hides("Eng-3");
        }
        stranger.get("/angebote?q=eng4").await.hides(&wide);
    }
    // Halves of what belongs together do not meet: nobody is from 8 to 5.
    let kept = twin(&konrad, "Kletterturm Mitte", &[("age_to", "5")]).await;
    let gone = twin(&konrad, "Kletter-Turm Mitte", &[("age_from", "8")]).await;
    joined(&konrad, &kept, &gone).await;
}

async fn link_of(client: &Client, id: &str) -> String {
    let page = format!("/ressourcen/{id}");
    let made = client.fill(&page, &format!("{page}/link"), &[]).await.text();
    format!("/pflege/{}", made.split("/pflege/").nth(1).and_then(|rest| rest.split('<').next()).unwrap())
}

async fn first_task(client: &Client) -> String {
    let desk = client.get("/ressourcen/pflege").await.text();
    format!("/ressourcen/hinweise/{}", desk.split("/ressourcen/hinweise/").nth(1).unwrap().split('"').next().unwrap())
}

async fn old_proposals(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, stranger) = (town.as_("konrad").await, town.stranger());
    let about = "Wir rudern. Es gibt Tee.";
    let base = [("times", "Di 16–18 Uhr"), ("contact", "Tor 1"), ("about", about)];
    let id = add(&konrad, &card("Ruderclub", &base)).await;
    let own = link_of(&konrad, &id).await;
    let proposed = [
        ("times", "Di 16–18 Uhr"),
        ("contact", "Tor 2"),
        ("about", "Wir rudern. Es gibt Kakao."),
        ("place", "Lindenweg 12"),
    ];
    stranger.fill(&own, &format!("{own}/vorschlagen"), &proposed).await.is(303);
    // Both wrote at other places: both stay.
    let kept = [("times", "Di 16–18 Uhr"), ("contact", "Tor 1"), ("about", "Wir rudern im Achter. Es gibt Tee.")];
    change(&konrad, &id, &card("Ruderclub", &kept)).await;
    konrad.post(&first_task(&konrad).await, &[("was", "nehmen")]).await.is(303);
    let page = konrad.get(&format!("/ressourcen/{id}")).await;
    page.shows("Tor 2").shows("Wir rudern im Achter. Es gibt Kakao.");
    // Both wrote at the same place: nobody writes over the other unseen.
    let now = [("times", "Di 16–18 Uhr"), ("about", about), ("place", "Lindenweg 12")];
    stranger.fill(&own, &format!("{own}/vorschlagen"), &[&now[..], &[("contact", "Tor 3")]].concat()).await.is(303);
    change(&konrad, &id, &card("Ruderclub", &[&now[..2], &[("contact", "Tor 4")]].concat())).await;
    let task = first_task(&konrad).await;
    let answer = konrad.post(&task, &[("was", "nehmen")]).await;
    answer.is(422).shows("inzwischen").shows("Tor 3").shows("Tor 4");
    konrad.get(&format!("/ressourcen/{id}")).await.shows("Tor 4");
    konrad.post(&task, &[("was", "erledigt")]).await.is(303);
    // What no longer fits is said, and can be dropped.
    stranger
        .fill(
            &own,
            &format!("{own}/vorschlagen"),
            &[("about", about), ("contact", "Tor 4"), ("place", "Lindenweg 12"), ("times", "")],
        )
        .await
        .is(303);
    let event = [("kind", "event"), ("times", "Di 16–18 Uhr"), ("about", about), ("contact", "Tor 4")];
    change(&konrad, &id, &card("Ruderclub", &event)).await;
    let task = first_task(&konrad).await;
    konrad.post(&task, &[("was", "nehmen")]).await.is(422).shows("passt nicht");
    konrad.post(&task, &[("was", "erledigt")]).await.is(303);
    konrad.get("/ressourcen/pflege").await.hides(&task);
}

async fn told_too_much(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, stranger) = (town.as_("konrad").await, town.stranger());
    let id = add(&konrad, &card("Ruderclub", &[])).await;
    let own = link_of(&konrad, &id).await;
    for n in 0..70 {
        let nothing = format!("/angebote/00000000-0000-7000-8000-{n:012}/fehler");
        stranger.post(&nothing, &[("words", "gibt es nicht")]).await.is(404);
    }
    stranger.post(&format!("/angebote/{id}/fehler"), &[("words", "zieht um")]).await.is(303);
    // A link cannot bury its keeper either.
    let propose = format!("{own}/vorschlagen");
    for n in 0..5 {
        stranger.post(&propose, &[("about", &*format!("Text {n}"))]).await.is(303);
    }
    stranger.post(&propose, &[("about", "Text 6")]).await.is(422).shows("schon viel gemeldet").shows("Text 6");
    // Who tells errors of a card does not make its owner silent, and the other way round.
    stranger.post(&format!("/angebote/{id}/fehler"), &[("words", "noch etwas")]).await.is(303);
}

/// What a person can do is found; what she likes to receive stays with those who may give it; both leave no office.
async fn a_person_has_more_than_a_name(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, stranger) = (town.as_("konrad").await, town.stranger());
    let gives = [("skills", "repariert Fahrräder"), ("likes", "Apfelkuchen")];
    konrad.post("/ressourcen/neu", &card("Werkstatt", &gives)).await.is(422).shows("nur bei Privatpersonen");
    let id = twin(&konrad, "Herr Ehlers", &[&AGREED[..], &gives[..]].concat()).await;
    konrad.get(&format!("/ressourcen/{id}/aendern")).await.shows("repariert Fahrräder").shows("Apfelkuchen");
    town.as_("lotse").await.get(&format!("/ressourcen/{id}")).await.shows("repariert Fahrräder").shows("Apfelkuchen");
    stranger.get(&format!("/angebote/{id}")).await.shows("repariert Fahrräder").hides("Apfelkuchen");
    stranger.get("/angebote?q=Fahrrad+reparieren").await.shows("Herr Ehlers");
    stranger.get("/angebote?q=Apfelkuchen").await.hides("Herr Ehlers");
    for file in ["/angebote.csv", "/angebote.geojson", "/hsds/services", "/hsds/hsds.json", "/angebote.atom"] {
        stranger.get(file).await.is(200).hides("Apfelkuchen").hides("repariert");
    }
    let api = konrad.api(axum::http::Method::GET, &format!("/api/v1/resources/{id}"), None).await.json();
    assert_eq!((&api["skills"], &api["likes"]), (&"repariert Fahrräder".into(), &"Apfelkuchen".into()));
}

macro_rules! on_both {
    ($($test:ident: $story:ident),+) => {$(
        mod $test {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                $story(Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                $story(Engine::Postgres).await;
            }
        }
    )+};
}

on_both!(
    parting_loses_nothing_that_came_later: parting_takes_back_what_joining_gave,
    joining_shows_nothing_wider: joining_widens_nothing,
    an_old_proposal_writes_over_nothing: old_proposals,
    nobody_makes_others_silent: told_too_much,
    a_person_gives_and_likes: a_person_has_more_than_a_name
);
