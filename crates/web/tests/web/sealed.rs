// SPDX-License-Identifier: EUPL-1.2
//! A protected address, attacked through every door: lists, search, print, export, API, log, an agency's copy, the plan
//! as paper, error texts. It is where it was put, for a look on record, and nowhere else.

use crate::client::{Answer, Client};
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

/// What must not be found anywhere, in any spelling.
const STREET: &str = "Ginsterweg";

#[track_caller]
pub fn silent(answer: &Answer, door: &str) {
    let text = answer.text().to_lowercase();
    assert!(!text.contains("ginster"), "{door} tells the protected address:\n{text}");
}

/// Everything that is in the page of a form must come with it; what is on the way back is looked at, too.
pub async fn sealed_case(town: &Town) -> (Client, String, String, String) {
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/menschen");
    let will = marta.get(&format!("/faelle/{case}/wille")).await.text();
    let (leyla, ayse) = (option(&will, "Leyla Demir"), option(&will, "Ayşe Demir"));
    let stay = [("person", ayse.as_str()), ("place", "Ginsterweg 7"), ("from", "01.10.2026")];
    marta.fill(&page, &format!("/faelle/{case}/wohnorte"), &stay).await.is(303);
    marta.get(&page).await.shows("Ginsterweg 7");
    // Written down while nobody knew: it is taken out of what is shown and sent.
    let said = [
        ("kind", "will"),
        ("speaker", ayse.as_str()),
        ("words", "Ich will im Ginsterweg 7 zur Ruhe kommen."),
        ("own_part", "Ich melde mich selbst an."),
        ("said_on", "2026-11-20"),
    ];
    marta.fill(&format!("/faelle/{case}/wille"), &format!("/faelle/{case}/aussagen"), &said).await.is(303);
    let dues = format!("/faelle/{case}/fristen");
    let due = [("kind", "own"), ("start", "2026-11-27"), ("words", "Brief in den Ginsterweg 7")];
    marta.fill(&dues, &dues, &due).await.is(303);
    let short = format!("/faelle/{case}/kurz");
    for (based_on, words) in [("0", "Ruhe im Ginsterweg."), ("1", "Ruhe im Ginsterweg. Freitags Besuch.")] {
        marta.post(&short, &[("based_on", based_on), ("words", words)]).await.is(303);
    }
    let draft = [("form", &*format!("ueberblick/{case}/1")), ("field", "words"), ("text", "Ruhe. Montags Besuch.")];
    marta.post("/entwuerfe", &draft).await.is(204);
    // Questions to be clarified and a court's condition are texts like all others.
    let area = [("area", "clarification"), ("since", "2026-11-20"), ("facts", "Umzug in den Ginsterweg.")];
    let ask = [("questions", "Wer wohnt im Ginsterweg?"), ("due_on", "11.12.2026")];
    let bereich = format!("/faelle/{case}/bereich");
    marta.post(&bereich, &[&area[..], &ask].concat()).await.is(303);
    let court = [
        ("words", "Keine Besuche im Ginsterweg."),
        ("evidence", "Auskunft im Ginsterweg"),
        ("ground", "court"),
        ("set_on", "2026-11-20"),
        ("check_on", "2026-12-04"),
    ];
    marta.post(&format!("/faelle/{case}/auflagen"), &court).await.is(303);
    marta.get(&bereich).await.shows("Wer wohnt im Ginsterweg?").shows("Keine Besuche im Ginsterweg.");
    let seal = [
        ("person", ayse.as_str()),
        ("place", "Ginsterweg 7, 22844 Musterhafen"),
        ("reason", "register"),
        ("why", "Bedrohung durch den früheren Partner."),
        ("review_on", "20.11.2027"),
    ];
    let path = format!("/faelle/{case}/schutzadressen");
    let telling = [&seal[..3], &[("why", "Zog in den Ginsterweg."), seal[4]]].concat();
    marta.fill(&page, &path, &telling).await.is(422).shows("verrät eine geschützte Anschrift");
    marta.fill(&page, &path, &seal).await.is(303);
    (marta, case, leyla, ayse)
}

pub async fn every_page_is_silent(town: &Town, case: &str) {
    for key in
        ["marta", "malik", "heike", "lena", "konrad", "fiona", "paul", "greta", "anton", "dora", "lotse", "ankerteam"]
    {
        let client = town.as_(key).await;
        for route in web::listing().iter().filter(|route| route.method == "GET") {
            let path = route.path.replacen("{id}", case, 1);
            if path.contains('{') {
                continue;
            }
            let answer = match path.starts_with("/api/") {
                true => client.api(Method::GET, &path, None).await,
                false => client.get(&path).await,
            };
            silent(&answer, &format!("{key} {path}"));
        }
        for query in ["Ginsterweg", "ginster", "Ginsterweg 7"] {
            let found = client.get(&format!("/suche?q={}", query.replace(' ', "%20"))).await;
            assert!(
                !found.text().contains("data-label=\"Aktenzeichen\"")
                    && !found.text().contains(&format!("/faelle/{case}\"")),
                "{key} found a case by its street"
            );
            client
                .api(Method::GET, &format!("/api/v1/cases/search?q={}", query.replace(' ', "%20")), None)
                .await
                .hides(case);
        }
    }
}

async fn nothing_new_tells(marta: &Client, case: &str, ayse: &str) {
    let base = format!("/faelle/{case}");
    let told = "Sie wohnt jetzt in der Ginsterweg Nr. 7.";
    let refused = [
        (format!("{base}/notizen"), vec![("words", told), ("confidence", "file"), ("noted_on", "2026-11-20")]),
        (format!("{base}/ziele"), vec![("owner", ayse), ("words", told), ("agreed_on", "2026-11-20")]),
        (format!("{base}/ressourcen"), vec![("field", "social"), ("words", told)]),
        (format!("{base}/beratung"), vec![("question", "Was hilft?"), ("sheet", told), ("meets_on", "2026-11-24")]),
        (format!("{base}/bereich"), vec![("area", "danger"), ("since", "2026-11-20"), ("facts", told)]),
        (format!("{base}/fristen"), vec![("kind", "own"), ("start", "2026-11-27"), ("words", told)]),
        (format!("{base}/kurz"), vec![("based_on", "2"), ("words", told)]),
        (format!("{base}/wohnorte"), vec![("person", ayse), ("place", "Lindenweg 3"), ("from", "2026-11-01")]),
        (
            format!("{base}/entscheidung"),
            vec![
                ("granted", "granted"),
                ("kind", "31"),
                ("from", "2026-12-01"),
                ("reasons", told),
                ("review_on", "2027-03-01"),
                ("despite", "1"),
            ],
        ),
    ];
    for (path, fields) in refused {
        let answer = marta.post(&path, &fields).await;
        assert_eq!(answer.status.as_u16(), 422, "{path}: {}", answer.text());
        assert!(answer.text().contains("geschützt"), "{path} does not say why");
    }
}

async fn protected_everywhere(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let (marta, case, _, ayse) = sealed_case(&town).await;
    marta.get(&format!("/faelle/{case}/menschen")).await.shows("Anschrift geschützt").hides(STREET);
    marta.get(&format!("/faelle/{case}")).await.shows("geschützt").hides("Hafen</li>");
    every_page_is_silent(&town, &case).await;
    nothing_new_tells(&marta, &case, &ayse).await;
    // The plan, its paper, and the copy for the agency: what was said before is taken out.
    let plan = decides(&marta, &case).await;
    silent(&marta.get(&format!("/hilfeplaene/{plan}")).await, "the plan");
    marta.get(&format!("/hilfeplaene/{plan}")).await.shows("[geschützt]");
    silent(&marta.api(Method::GET, &format!("/api/v1/plans/{plan}"), None).await, "the plan's JSON");
    let paper = marta.get(&format!("/hilfeplaene/{plan}/pdf")).await;
    let words = std::str::from_utf8(&paper.bytes).map(str::to_owned).unwrap_or_default();
    assert!(paper.bytes.starts_with(b"%PDF") && !words.contains(STREET));
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
    let lotse = town.as_("lotse").await;
    let list = lotse.get("/auftraege").await.text();
    let mandate = list.split("href=\"/auftraege/").nth(1).unwrap()[..36].to_owned();
    silent(&lotse.get(&format!("/auftraege/{mandate}")).await, "the agency's copy");
    silent(&lotse.api(Method::GET, &format!("/api/v1/mandates/{mandate}"), None).await, "the agency's JSON");
    // The log has the deeds and not a word of the address.
    let deeds = town.deeds().await.join("\n");
    assert!(deeds.contains("address-sealed") && !deeds.to_lowercase().contains("ginster"));
    the_one_door(&town, &marta, &case).await;
}

/// Who must know says why; it is told, and it stands on record. Other teams are told that there is nothing.
async fn the_one_door(town: &Town, marta: &Client, case: &str) {
    let page = format!("/faelle/{case}/menschen");
    let people = marta.api(Method::GET, &format!("/api/v1/cases/{case}/people"), None).await;
    silent(&people, "the people's JSON");
    let seal = people.json()["sealed_addresses"][0]["id"].as_str().unwrap().to_owned();
    let look = format!("/faelle/{case}/schutzadressen/ansehen");
    silent(marta.fill(&page, &look, &[]).await.is(422), "a look without a reason");
    let told = marta.fill(&page, &look, &[("seal_reason", "Hausbesuch am Montag")]).await;
    told.is(200).shows("Ginsterweg 7, 22844 Musterhafen").shows("früherer Wohnort").shows("Hausbesuch am Montag");
    marta.get(&page).await.hides(STREET).shows("Hausbesuch am Montag");
    assert!(town.deeds().await.iter().any(|deed| deed.contains("sealed-address-seen")));
    let api = format!("/api/v1/sealed-addresses/{seal}/looks");
    for key in ["heike", "dana", "fiona", "konrad", "anton", "dora", "lotse", "ankerteam"] {
        let other = town.as_(key).await;
        let answer = other.api(Method::POST, &api, Some(json!({"seal_reason": "Ich will es wissen."}))).await;
        assert!([403, 404].contains(&answer.status.as_u16()), "{key}: {}", answer.status);
        silent(&answer, key);
        let answer = other.post(&look, &[("seal", seal.as_str()), ("seal_reason", "Ich will es wissen.")]).await;
        assert!([403, 404].contains(&answer.status.as_u16()), "{key}: {}", answer.status);
        silent(&answer, key);
    }
    // The end of the block opens nothing by itself.
    let lift = format!("/faelle/{case}/schutzadressen/aufheben");
    marta.fill(&page, &lift, &[("lift_why", "Sie ist umgezogen")]).await.is(303);
    marta.get(&page).await.hides(STREET);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_protected_address_leaks_nowhere_on_sqlite() {
    protected_everywhere(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_protected_address_leaks_nowhere_on_postgresql() {
    protected_everywhere(Engine::Postgres).await;
}
