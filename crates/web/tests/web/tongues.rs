// SPDX-License-Identifier: EUPL-1.2
//! A card in other languages: its keeper writes, a family reads, and whoever may not see the card reads nothing.

use crate::cards::{add, card};
use crate::town::{Engine, Town};

async fn tongues(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let id = add(&marta, &card("Kinderschwimmen", &[("conditions", "Badekappe"), ("point", "53.6051, 9.9123")])).await;
    let hidden = add(&marta, &card("Teamsache", &[("visibility", "team")])).await;
    let page = format!("/ressourcen/{id}/sprachen");
    marta.get(&format!("/ressourcen/{id}")).await.shows("Texte in anderen Sprachen");
    // What is missing is said at its field; what was typed stays.
    let half = [("language", "tr"), ("name", "Yüzme"), ("about", "")];
    marta.fill(&page, &page, &half).await.is(422).shows("Yüzme");
    for wrong in ["de", "dgs", "xx", ""] {
        marta.post(&page, &[("language", wrong), ("name", "a"), ("about", "b")]).await.is(422);
    }
    let arabic =
        [("language", "ar"), ("name", "سباحة للأطفال"), ("about", "للأطفال قرب الماء"), ("conditions", "قبعة سباحة")];
    marta.fill(&page, &page, &arabic).await.is(303);
    let english = [("language", "en"), ("name", "Swimming"), ("about", "For children by the water")];
    marta.fill(&page, &page, &english).await.is(303);
    marta.get(&page).await.shows("dir=\"rtl\"").shows("سباحة للأطفال");
    let secret = [("language", "en"), ("name", "Hush"), ("about", "Nothing for strangers")];
    marta.post(&format!("/ressourcen/{hidden}/sprachen"), &secret).await.is(303);
    for key in ["malik", "lotse"] {
        let other = town.as_(key).await;
        assert!(matches!(other.get(&page).await.status.as_u16(), 403 | 404), "{key}");
        assert!(matches!(other.post(&page, &english).await.status.as_u16(), 403 | 404), "{key}");
    }
    let family = town.stranger();
    for path in ["/angebote?lang=ar", "/angebote/einbetten?lang=ar", &format!("/angebote/{id}?lang=ar")] {
        family.get(path).await.is(200).shows("سباحة للأطفال").shows("lang=\"ar\" dir=\"rtl\"").hides("Hush");
    }
    family.get(&format!("/angebote/{id}?lang=ar")).await.shows("قبعة سباحة").hides("Badekappe");
    // The page around it speaks English, what has no English text says that it is German.
    add(&marta, &card("Chor", &[])).await;
    let list = family.get("/angebote?lang=en").await;
    list.is(200).shows("<html lang=\"en\">").shows("What are you looking for?").shows("2 hits").shows("Swimming");
    list.shows("lang=\"de\" dir=\"ltr\"").hides("Was suchen Sie?").hides("Hush");
    family
        .get(&format!("/angebote/{id}?lang=en"))
        .await
        .shows("Conditions")
        .shows("Something wrong?")
        .shows("Badekappe");
    // Unknown languages are German, and the language goes along.
    family.get("/angebote?lang=klingonisch").await.is(200).shows("<html lang=\"de\">").shows("Kinderschwimmen");
    list.shows(&format!("/angebote/{id}?lang=en"));
    family.get(&format!("/angebote/{hidden}?lang=en")).await.is(404);
    family.get("/angebote").await.shows("hreflang=\"ar\"").shows("Kinderschwimmen").hides("Swimming");
    marta.post(&format!("{page}/loeschen"), &[("language", "ar")]).await.is(303);
    family.get(&format!("/angebote/{id}?lang=ar")).await.is(200).shows("Kinderschwimmen").hides("سباحة");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_speaks_several_languages_on_sqlite() {
    tongues(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_speaks_several_languages_on_postgres() {
    tongues(Engine::Postgres).await;
}
