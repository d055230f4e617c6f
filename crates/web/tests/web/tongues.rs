// SPDX-License-Identifier: EUPL-1.2
//! A card in other languages: its keeper writes, a family reads, and whoever may not see the card reads nothing.

use crate::cards::{add, card};
use crate::client::encode;
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

/// A family asks in its own words: what the card says in that language is found like its German words.
async fn asked_in_other_words(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let swimming = add(&marta, &card("Kinderschwimmen", &[("about", "Bis zum Seepferdchen")])).await;
    let hidden = add(&marta, &card("Teamsache", &[("visibility", "team"), ("about", "Nur für uns")])).await;
    let says = async |id: &str, language: &str, name: &str, about: &str| {
        let text = [("language", language), ("name", name), ("about", about)];
        marta.post(&format!("/ressourcen/{id}/sprachen"), &text).await.is(303);
    };
    says(&swimming, "en", "Swimming lessons", "For children by the water").await;
    says(&swimming, "tr", "Çocuklar için yüzme", "Küçük çocuklar suya alışır").await;
    says(&swimming, "ar", "دورة السباحة", "للأطفال قرب الماء").await;
    says(&swimming, "uk", "Плавання для дітей", "Біля води").await;
    says(&hidden, "en", "Swimming secret", "Not for strangers").await;
    let family = town.stranger();
    let finds = async |words: &str| {
        let list = family.get(&format!("/angebote?{}", encode(&[("q", words)]))).await;
        list.is(200).hides("secret").hides("Teamsache");
        list.text().contains("Kinderschwimmen")
    };
    // Other forms, other spellings and slips are understood as far as they are in German.
    for words in [
        "swimming",
        "swiming lessons",
        "where is swimming for my child",
        "yüzme",
        "yuzme",
        "çocuk",
        "سباحة",
        "السباحه",
        "плаванню",
        "діти",
    ] {
        assert!(finds(words).await, "{words}");
    }
    assert!(!finds("football").await && !finds("futbol").await && !finds("كرة").await);
    // The page of that language shows its text, and says where the word stands.
    family.get("/angebote?lang=tr&q=yuzme").await.shows("Çocuklar için yüzme");
    family.get("/angebote?q=swimming").await.shows("im Namen in einer anderen Sprache");
    // While typing its words are offered; those of hidden cards are not.
    let offered = family.get("/angebote/vorschlag?q=swimm").await.is(200).text();
    assert!(offered.contains("Swimming") && !offered.contains("secret"), "{offered}");
    // What is rewritten or taken back is found so at once.
    says(&swimming, "en", "Diving", "For children by the water").await;
    assert!(finds("diving").await && !finds("lessons").await);
    let path = format!("/ressourcen/{swimming}/sprachen/loeschen");
    marta.post(&path, &[("language", "tr")]).await.is(303);
    assert!(!finds("yüzme").await);
    assert!(finds("سباحة").await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_finds_in_its_own_words_on_sqlite() {
    asked_in_other_words(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_finds_in_its_own_words_on_postgres() {
    asked_in_other_words(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_speaks_several_languages_on_sqlite() {
    tongues(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_speaks_several_languages_on_postgres() {
    tongues(Engine::Postgres).await;
}
