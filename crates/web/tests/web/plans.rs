// SPDX-License-Identifier: EUPL-1.2
//! What a plan says, what it lacks, what of it leaves the office, and how a family's choice is kept.

use crate::client::Client;
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::{Value, json};

async fn begun(town: &Town) -> (Client, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    (marta, case)
}

fn plan_of(page: &str) -> String {
    page.split("href=\"/hilfeplaene/").nth(1).and_then(|rest| rest.get(..36)).unwrap().to_owned()
}

const BARE: [(&str, &str); 6] = [
    ("granted", "granted"),
    ("kind", "34"),
    ("from", "2026-12-01"),
    ("until", "2027-11-30"),
    ("reasons", "Weil es zu Hause gerade nicht geht."),
    ("review_on", "2027-03-01"),
];

/// W1 to W4, W6 and W12: every gap is said once, at the second press the ASD decides, with a reason or without.
async fn gaps_warn_and_never_block(engine: Engine) {
    let town = Town::new(engine).await;
    let (marta, case) = begun(&town).await;
    let (page, path) = (format!("/faelle/{case}/hilfeplan"), format!("/faelle/{case}/entscheidung"));
    let warned = marta.fill(&page, &path, &BARE).await;
    warned.is(200).shows("Trotzdem entscheiden").shows("Weil es zu Hause gerade nicht geht.");
    for gap in [
        "über ihre Rechte informiert wurde",
        "wie das Kind beteiligt war",
        "Weniger als zwei sind genannt",
        "Keine Alternative",
        "Die notwendigen Leistungen fehlen",
        "Der Umfang der Leistungen fehlt",
        "wer beim Hilfeplangespräch dabei war",
        "Die Sicht des Trägers fehlt",
        "Zu Geschwistern steht nichts",
        "Elternteil ohne Sorgerecht beteiligt",
        "Stand der Perspektivklärung",
        "ob eine Adoption in Betracht kommt",
        "Unterstützung von Eltern und Pflegepersonen",
        "Leistungen nach § 39",
        "Schutzkonzept und Beschwerdeweg",
    ] {
        assert!(warned.text().to_lowercase().contains(&gap.to_lowercase()), "{gap} in\n{}", warned.text());
    }
    marta.get(&page).await.shows("Noch keine Fassung");
    marta.post(&path, &[&BARE[..], &[("despite", "1")]].concat()).await.is(303);
    let plan = plan_of(&marta.get(&page).await.text());
    marta.get(&format!("/hilfeplaene/{plan}")).await.shows("Zu Geschwistern steht nichts").shows("niemand angegeben");
    // A reason typed at once is enough, and stands with the version.
    marta.post(&path, &[&BARE[..], &[("gaps_reason", "Die Aufnahme war heute Nacht.")]].concat()).await.is(303);
    let plan = plan_of(&marta.get(&page).await.text());
    marta.get(&format!("/hilfeplaene/{plan}")).await.shows("Die Aufnahme war heute Nacht.");
    let kept = marta.api(Method::GET, &format!("/api/v1/plans/{plan}"), None).await.json();
    assert_eq!(kept["content"]["gaps"].as_array().map(Vec::len), Some(15), "{kept}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_warns_and_never_blocks_on_sqlite() {
    gaps_warn_and_never_block(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_warns_and_never_blocks_on_postgresql() {
    gaps_warn_and_never_block(Engine::Postgres).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_whole_plan_says_everything_on_its_page_and_warns_of_nothing() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = begun(&town).await;
    let plan = decides(&marta, &case).await;
    marta
        .get(&format!("/hilfeplaene/{plan}"))
        .await
        .shows("Umfang: 7,5 Stunden in der Woche")
        .shows("Klassenlehrerin: eingeladen, nicht dabei (krank)")
        .shows("Keine Geschwister.")
        .shows("Der Vater ist verstorben.")
        .hides("Was bei dieser Entscheidung fehlte");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_not_called_a_plan() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = begun(&town).await;
    let (page, path) = (format!("/faelle/{case}/hilfeplan"), format!("/faelle/{case}/entscheidung"));
    let mut refusal = BARE;
    refusal[0] = ("granted", "refused");
    marta.post(&path, &[&refusal[..], &[("despite", "1")]].concat()).await.is(303);
    let plan = plan_of(&marta.get(&page).await.text());
    let shown = marta.get(&format!("/hilfeplaene/{plan}")).await;
    shown
        .is(200)
        .shows("<h1 id=\"papier\">Ablehnung einer Hilfe")
        .hides(">Hilfeplan</h1>")
        .hides("Mit der Unterschrift wird bestätigt");
    marta.get(&format!("/hilfeplaene/{plan}/pdf")).await.is(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_an_extent_is_said_at_its_field_and_everything_typed_stays() {
    let town = Town::new(Engine::Sqlite).await;
    let (marta, case) = begun(&town).await;
    let (page, path) = (format!("/faelle/{case}/hilfeplan"), format!("/faelle/{case}/entscheidung"));
    let typed = [&BARE[..], &[("extent", "acht"), ("extent_unit", "hours-a-week"), ("siblings", "Can, 4")]].concat();
    marta.fill(&page, &path, &typed).await.is(422).shows("nicht zu lesen").shows("acht").shows("Can, 4");
}

/// What an agency got, by page and by API.
async fn received(town: &Town) -> (Client, String, Value) {
    let lotse = town.as_("lotse").await;
    let list = lotse.api(Method::GET, "/api/v1/mandates", None).await.json();
    let page = format!("/auftraege/{}", list["mandates"][0]["id"].as_str().unwrap());
    (lotse, page, list["mandates"][0].clone())
}

/// N1, § 64(2): an agency gets the chosen sections and nothing else, by page and by API.
async fn only_what_was_chosen_leaves(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case) = begun(&town).await;
    decides(&marta, &case).await;
    let page = format!("/faelle/{case}/leistungen");
    let form = marta.get(&page).await.text();
    for (code, proposed) in [("goals", true), ("services", true), ("contact", true), ("voices", false), ("talk", false)]
    {
        let ticked = form.contains(&format!("value=\"{code}\" checked"));
        assert_eq!(ticked, proposed, "{code}");
    }
    let fields = [
        ("agency", option(&form, "Lotse Jugendhilfe gGmbH")),
        ("from", "2026-12-01".into()),
        ("until", "2027-08-31".into()),
        ("ceiling", "900".into()),
        ("wish_answer", "not-voiced".into()),
        ("sections", "goals".into()),
        ("sections", "services".into()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    marta.fill(&page, &format!("/faelle/{case}/auftraege"), &fields).await.is(303);
    marta.get(&page).await.shows("Ziele, Leistungen und Umfang").shows("Kein Wunsch geäußert");
    let (lotse, mandate, json) = received(&town).await;
    let shown = lotse.get(&mandate).await;
    shown.is(200).shows("Leyla hat nachmittags einen festen Ort.").shows("7,5 Stunden in der Woche");
    assert_eq!(json["sections"], json!(["goals", "services"]));
    for secret in [
        "Ich will, dass Leyla gern zur Schule geht.",
        "Jemand soll mit dem Vermieter sprechen.",
        "Begleitung am Nachmittag.",
        "Tante Elif",
        "Leyla malt gern",
        "verstorben",
        "Allein gehört",
        "Klassenlehrerin",
        "Erna Nachbarin",
        "oft allein auf dem Spielplatz",
        "Marta Beispiel",
        "Weil",
    ] {
        assert!(!shown.text().contains(secret), "{secret} on the page");
        assert!(!json.to_string().contains(secret), "{secret} in the API: {json}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n1_an_agency_gets_what_was_chosen_and_nothing_else() {
    only_what_was_chosen_leaves(Engine::Sqlite).await;
    only_what_was_chosen_leaves(Engine::Postgres).await;
}

/// § 5: nothing is ticked beforehand, and a wish that is not followed has its reason.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn n24_a_wish_is_never_made_up_and_never_passed_over_in_silence() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case) = begun(&town).await;
    decides(&marta, &case).await;
    let page = format!("/faelle/{case}/leistungen");
    let form = marta.get(&page).await.text();
    let radios: Vec<&str> = form.split("<input").filter(|piece| piece.contains("type=\"radio\"")).collect();
    assert!(radios.len() >= 4 && radios.iter().all(|radio| !radio.split('>').next().unwrap().contains(" checked")));
    let agency = option(&form, "Anker e. V.");
    let base = [("agency", agency.as_str()), ("from", "2026-12-01"), ("until", "2027-08-31"), ("ceiling", "900")];
    let send = async |more: &[(&str, &str)]| {
        marta.fill(&page, &format!("/faelle/{case}/auftraege"), &[&base[..], more].concat()).await
    };
    send(&[]).await.is(422).shows("ob die Familie einen Wunsch hatte");
    send(&[("wish_answer", "followed")]).await.is(422).shows("in ihren Worten");
    send(&[("wish", "Lotse")]).await.is(422).shows("ob er erfüllt wird");
    send(&[("wish_answer", "too-costly"), ("wish", "Lotse")]).await.is(422).shows("vergleichen Sie die Kosten");
    send(&[("wish_answer", "other-reason"), ("wish", "Lotse")]).await.is(422).shows("warum der Wunsch nicht erfüllt");
    send(&[("wish_answer", "not-voiced"), ("wish_told_on", "2026-11-21")]).await.is(422).shows("in der Zukunft");
    let why = "Lotse 92 €, Anker 61 € je Stunde.";
    send(&[("wish_answer", "too-costly"), ("wish", "Lotse, bitte."), ("wish_why", why)]).await.is(303);
    marta.get(&page).await.shows("„Lotse, bitte.“").shows(why).shows("nicht vermerkt");
    let kept = marta.api(Method::GET, &format!("/api/v1/cases/{case}/commissions"), None).await.json();
    assert_eq!(kept["commissions"][0]["wish_answer"], "too-costly");
    let decision = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json();
    let body = json!({"decision": decision["plans"][0]["decision"], "agency": agency, "from": "2026-12-01",
        "until": "2027-08-31", "ceiling_cents": 1_000});
    let refused = marta.api(Method::POST, &format!("/api/v1/cases/{case}/commissions"), Some(body)).await;
    refused.is(422).shows("commission.wish_missing");
}

/// Whatever the worker chooses, the office's own reasons and the team's ideas stay.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_offices_own_stays_with_the_office() {
    let town = Town::new(Engine::Sqlite).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case) = begun(&town).await;
    decides(&marta, &case).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    let (lotse, page, json) = received(&town).await;
    lotse.get(&page).await.hides("braucht Begleitung auf Zeit").hides("Malgruppe");
    assert!(!json.to_string().contains("Malgruppe") && !json.to_string().contains("auf Zeit"), "{json}");
}
