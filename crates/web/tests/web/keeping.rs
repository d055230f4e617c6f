// SPDX-License-Identifier: EUPL-1.2
//! Cards that go: erased so that no byte tells of them, handed over when their keeper goes; and cards that are there
//! already.

use crate::cards::{add, card};
use crate::matching::holds;
use crate::town::{Engine, Town, both};
use axum::http::Method;
use serde_json::json;

fn person<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let consent = [
        ("kind", "person"),
        ("place", ""),
        ("consent_on", "2026-11-01"),
        ("consent_until", "2027-11-01"),
        ("consent_scope", "public"),
        ("consent_form", "written"),
    ];
    [&consent[..], more].concat()
}

/// A card with everything that can hang on one: a link, a proposal, a joining, a certificate, a refusal, uses.
async fn with_everything(town: &Town) -> String {
    let konrad = town.as_("konrad").await;
    let about =
        [("about", "Quittenmarmelade und Vorlesen"), ("contact", "Tel. 0471-Quitte"), ("key_person", "Quittentante")];
    let id = add(&konrad, &card("Frau Quittenbaum", &person(&about))).await;
    let page = format!("/ressourcen/{id}");
    let link = konrad.fill(&page, &format!("{page}/link"), &[]).await.text();
    let token = link.split("/pflege/").nth(1).and_then(|rest| rest.split('<').next()).unwrap().to_owned();
    let proposal = [("about", "Jetzt auch Quittengelee"), ("words", "Frau Quittenbaum bittet darum")];
    town.stranger().post(&format!("/pflege/{token}/vorschlagen"), &proposal).await.is(303);
    let twin = [&person(&about)[..], &[("despite", "1")]].concat();
    let twin = konrad.post("/ressourcen/neu", &card("Fr. Quittenbaum", &twin)).await.id();
    konrad.post("/ressourcen/doppelte", &[("kept", &id), ("gone", &twin)]).await.is(303);
    konrad
        .post(&format!("/ressourcen/{twin}/loeschen"), &[("ground", "request")])
        .await
        .is(422)
        .shows("ging in einer anderen auf");
    let seen = [("inspected_on", "2026-11-10"), ("dated_on", "2026-11-02"), ("finding", "nothing")];
    konrad.fill(&page, &format!("{page}/zeugnis"), &seen).await.is(303);
    let marta = town.as_("marta").await;
    let case = crate::main_job::opens(&marta).await;
    let matches = format!("/faelle/{case}/passendes");
    marta.post(&format!("{matches}/vormerken"), &[("card", &id), ("words", "Jemand liest vor")]).await.is(303);
    marta.post(&format!("{matches}/ablehnen"), &[("card", &id), ("why", "Lieber später")]).await.is(303);
    id
}

async fn erased_for_good(engine: Engine) {
    let town = Town::new(engine).await;
    let id = with_everything(&town).await;
    let page = format!("/ressourcen/{id}");
    let konrad = town.as_("konrad").await;
    konrad.get("/ressourcen?q=Quittenbaum").await.shows("Quittenmarmelade");
    let erase = format!("{page}/loeschen");
    for (key, status) in [("marta", 403), ("lotse", 403), ("dora", 403)] {
        town.as_(key).await.post(&erase, &[("ground", "request")]).await.is(status);
    }
    konrad.fill(&page, &erase, &[("ground", "")]).await.is(422).shows("Karte löschen");
    let gone = konrad.fill(&page, &erase, &[("ground", "request")]).await;
    gone.is(303);
    konrad.get(&gone.location).await.is(200).shows("Die Person verlangt es").shows("20.11.2026").hides("Quitten");
    // Through every door of every reader, and of a program that starts anew.
    for key in ["konrad", "marta", "lena", "lotse"] {
        let client = town.as_(key).await;
        for path in [
            "/ressourcen",
            "/ressourcen?q=Quittenbaum",
            "/ressourcen?beendet=1",
            "/ressourcen/pflege",
            "/ressourcen/doppelte",
            "/angebote.csv",
            "/angebote.atom",
            "/hsds/services",
        ] {
            let answer = client.get(path).await;
            answer.hides("Quittenmarmelade").hides("Quittengelee").hides("Quittentante").hides(&id);
        }
        client.get(&page).await.is(404);
        client.api(Method::GET, &format!("/api/v1/resources/{id}"), None).await.is(404);
    }
    konrad.post(&erase, &[("ground", "request")]).await.is(404);
    assert!(town.deeds().await.iter().any(|deed| deed.contains("card-erased")));
    if engine == Engine::Sqlite {
        let bytes = town.all_bytes();
        for word in ["quitten", "0471-"] {
            assert!(!holds(&bytes, word), "{word} is still in a file");
        }
        assert!(holds(&bytes, "Jemand liest vor"), "the look finds what is kept");
    }
    // What is added later is found: the search goes on after an erasure.
    add(&konrad, &card("Brettspielkreis", &[])).await;
    konrad.get("/ressourcen?q=Brettspielkreis").await.shows("Für Kinder am Wasser");
}

async fn a_keeper_leaves(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, malik, lena) = (town.as_("marta").await, town.as_("malik").await, town.as_("lena").await);
    let open = add(&marta, &card("Chor am Deich", &[])).await;
    add(&marta, &card("Nur für mich", &[("visibility", "owner")])).await;
    town.stranger().post(&format!("/angebote/{open}/fehler"), &[("words", "Singt jetzt dienstags")]).await.is(303);
    let ids = |key: &'static str| async { town.actor(key).await.user.to_string() };
    let (from, to, unfit) = (ids("marta").await, ids("malik").await, ids("anton").await);
    let page = "/ressourcen/uebergabe";
    malik.get(page).await.is(403);
    malik.post(page, &[("from", &from), ("to", &to)]).await.is(403);
    lena.get(page)
        .await
        .is(200)
        .shows("Marta Beispiel")
        .shows("<td class=\"num\" data-label=\"Offene Hinweise\">1</td>");
    lena.fill(page, page, &[("from", &from), ("to", &from)]).await.is(422).shows("zweimal dieselbe Person");
    lena.post(page, &[("from", &from), ("to", &to)]).await.is(422).shows("pflegt ihre Karten noch selbst");
    let (api, sent) = ("/api/v1/keepers/hand-over", json!({"from": from, "to": unfit}));
    marta.api(Method::POST, api, Some(sent)).await.is(422).shows("card.keeper_unfit");
    marta.post(page, &[("from", &from), ("to", &to)]).await.is(303);
    malik.get("/ressourcen/pflege").await.shows("Singt jetzt dienstags");
    malik.get("/ressourcen").await.shows("Chor am Deich").shows("Nur für mich");
    marta.get("/ressourcen").await.shows("Chor am Deich").hides("Nur für mich");
    marta.get("/ressourcen/pflege").await.hides("Singt jetzt dienstags");
    // Keepers hand over their own through the API, and nobody else's.
    let hand = |from: &str, to: &str| Some(json!({"from": from, "to": to}));
    let path = "/api/v1/keepers/hand-over";
    marta.api(Method::POST, path, hand(&to, &from)).await.is(403);
    malik.api(Method::POST, path, hand(&to, &from)).await.is(200);
    marta.get("/ressourcen/pflege").await.shows("Singt jetzt dienstags");
    assert!(town.deeds().await.iter().any(|deed| deed.contains("cards-handed-over")));
}

async fn it_is_there_already(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, heike) = (town.as_("marta").await, town.as_("heike").await);
    add(&marta, &card("Café Anker e. V.", &[("place", "Lindenweg 12 a")])).await;
    add(&marta, &card("Geheimer Treff", &[("visibility", "owner")])).await;
    let twin = card("Cafe Ancker", &[("place", "Lindenweg 12a"), ("about", "Kaffee und Kuchen")]);
    let asked = heike.fill("/ressourcen/neu", "/ressourcen/neu", &twin).await;
    asked
        .is(422)
        .shows("Gibt es das schon?")
        .shows("Café Anker e. V.")
        .shows("Kaffee und Kuchen")
        .shows("value=\"Cafe Ancker\"");
    heike.get("/ressourcen").await.hides("Kaffee und Kuchen");
    let told = heike
        .api(
            Method::POST,
            "/api/v1/resources/alike",
            Some(json!({"name": "Cafe Ancker", "kind": "offer",
        "topics": ["meeting"], "about": "x", "visibility": "public"})),
        )
        .await
        .json();
    assert_eq!(told["alike"][0]["name"], "Café Anker e. V.");
    // Who has looked adds it all the same; of cards that one may not see nothing is told.
    heike.post("/ressourcen/neu", &[&twin[..], &[("despite", "1")]].concat()).await.is(303);
    heike.post("/ressourcen/neu", &card("Geheimer Treff", &[])).await.is(303);
}

both! {
    erased_for_good, a_card_is_erased_for_good_on_sqlite, a_card_is_erased_for_good_on_postgres;
    a_keeper_leaves, a_keeper_leaves_on_sqlite, a_keeper_leaves_on_postgres;
    it_is_there_already, a_card_that_is_there_already_on_sqlite, a_card_that_is_there_already_on_postgres;
}
