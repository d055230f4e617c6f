// SPDX-License-Identifier: EUPL-1.2
//! Families whose way has no story elsewhere. `docs/red-lines.md` lists all of them with their stories.

use crate::client::{Answer, Client};
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;

async fn both(story: impl AsyncFn(Town)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        story(Town::new(engine).await).await;
    }
}

/// Signs that are not enough: questions with a date, answers, and in the end a help that the family wants. On the way
/// nobody treats it as danger.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn unclear_area_that_ends_in_a_service() {
    both(async |town| {
        town.plans("Nord", 100_000, 0).await;
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        let page = format!("/faelle/{case}/bereich");
        let to =
            |area| [("area", area), ("since", "20.11.2026"), ("facts", "Dreimal abends allein auf dem Spielplatz.")];
        let questions = [("questions", "Wer ist abends da?\nWas will Leyla selbst?"), ("due_on", "11.12.2026")];
        marta.fill(&page, &page, &[&to("clarification")[..], &questions].concat()).await.is(303);
        for (question, answer) in [
            ("Wer ist abends da?", "Montags und donnerstags die Tante."),
            ("Was will Leyla selbst?", "Malen, mit anderen."),
        ] {
            let id = option(&marta.get(&page).await.text(), question);
            let said = [("question", id.as_str()), ("answer", answer)];
            marta.fill(&page, &format!("/faelle/{case}/antworten"), &said).await.is(303);
        }
        let answered = town.later("marta", "2026-12-01T09:00").await;
        let service = [("area", "service"), ("since", "01.12.2026"), ("facts", "Beides ist geklärt.")];
        answered.fill(&page, &page, &service).await.is(303);
        answered.get(&page).await.shows("Leistungsbereich").shows("Malen, mit anderen.").hides("Klärung überfällig");
        explores(&marta, &case).await;
        let plan = decides(&marta, &case).await;
        commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
        marta.get(&format!("/faelle/{case}")).await.hides("Anzeichen auf Gefährdung").shows("Hilfe läuft");
        // What was only clarified is the office's own: neither on the plan nor with the agency.
        let clarified = "Dreimal abends allein";
        marta.get(&format!("/hilfeplaene/{plan}")).await.is(200).hides(clarified);
        let lotse = town.as_("lotse").await;
        let mandate = lotse.get("/auftraege").await.text();
        let mandate = mandate.split("href=\"/auftraege/").nth(1).unwrap()[..36].to_owned();
        lotse.get(&format!("/auftraege/{mandate}")).await.is(200).hides(clarified).hides("Tante.");
        town.later("marta", "2026-12-12T09:00").await.get("/eingang").await.hides("Klärung überfällig");
    })
    .await;
}

/// A young adult has no custodians to be heard, and one year before the help ends its transition is looked at (W10).
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn young_adult_whose_help_has_an_end() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        let page = format!("/faelle/{case}/wille");
        let person = [("name", "Can Demir"), ("role", "young-adult"), ("born", "2008-05-01")];
        marta.fill(&page, &format!("/faelle/{case}/personen"), &person).await.is(303);
        let can = option(&marta.get(&page).await.text(), "Can Demir");
        let will = [
            ("kind", "will"),
            ("speaker", can.as_str()),
            ("words", "Ich will meine Ausbildung fertig machen."),
            ("own_part", "Ich stehe jeden Morgen selbst auf."),
            ("said_on", "2026-11-20"),
        ];
        marta.fill(&page, &format!("/faelle/{case}/aussagen"), &will).await.is(303);
        let plan = format!("/faelle/{case}/hilfeplan");
        let help = [
            ("granted", "granted"),
            ("kind", "41"),
            ("from", "2026-12-01"),
            ("until", "2028-03-31"),
            ("reasons", "Die eigene Wohnung gelingt noch nicht allein."),
            ("review_on", "2027-06-01"),
        ];
        let warned = marta.fill(&plan, &format!("/faelle/{case}/entscheidung"), &help).await;
        warned.is(200).hides("wie das Kind beteiligt war").hides("Elternteil ohne Sorgerecht beteiligt wird");
        let despite = [&help[..], &[("despite", "1"), ("gaps_reason", "Wird im Januar nachgeholt.")]].concat();
        marta.post(&format!("/faelle/{case}/entscheidung"), &despite).await.is(303);
        let due = marta.get(&format!("/faelle/{case}/fristen")).await.text();
        let card = due.split("<article").find(|card| card.contains("Übergang vor Ende der Hilfe prüfen"));
        let card = card.unwrap_or_else(|| panic!("{due}"));
        assert!(card.contains("31.03.2027") && card.contains("§ 41"), "{card}");
        town.later("marta", "2027-04-02T09:00").await.get("/fristen").await.shows("überschritten");
    })
    .await;
}

/// Every paper and page that parents may get, as it was before the child was counselled: not one letter differs after.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn counselled_in_confidence_on_no_paper() {
    both(async |town| {
        let marta = town.as_("marta").await;
        let case = opens(&marta).await;
        explores(&marta, &case).await;
        let plan = decides(&marta, &case).await;
        let family = format!("/hilfeplaene/{plan}/familie");
        let link = [("given_to", "Ayşe Demir"), ("language", "tr"), ("ends_on", "2026-12-20")];
        let made = marta.fill(&family, &format!("{family}/links"), &link).await.text();
        let token = made.split("town.example/familie/").nth(1).and_then(|rest| rest.get(..64)).unwrap().to_owned();
        let court = format!("/hilfeplaene/{plan}/gericht");
        let asked = [("court", "Amtsgericht"), ("file_number", "12 F 3/26"), ("proceeding", "1666")];
        marta.fill(&court, &court, &asked).await.is(303);
        let extracts = marta.api(Method::GET, &format!("/api/v1/cases/{case}/court-extracts"), None).await.json();
        let extract = extracts["extracts"][0]["id"].as_str().unwrap().to_owned();
        let papers = [
            format!("/hilfeplaene/{plan}/pdf"),
            format!("/hilfeplaene/{plan}/familie/pdf"),
            format!("/gerichtsauszuege/{extract}/pdf"),
            format!("/faelle/{case}/netzwerk/easynwk"),
            format!("/api/v1/plans/{plan}"),
            format!("/api/v1/cases/{case}"),
            format!("/api/v1/cases/{case}/people"),
            format!("/api/v1/cases/{case}/notes"),
            format!("/api/v1/cases/{case}/deadlines"),
            format!("/api/v1/cases/{case}/briefs"),
            "/api/v1/cases/search?q=Demir".to_owned(),
            "/api/v1/deadlines".to_owned(),
        ];
        let read = async |client: &Client, path: &String| -> Answer {
            if path.starts_with("/api/") { client.api(Method::GET, path, None).await } else { client.get(path).await }
        };
        let mut before = Vec::new();
        for path in &papers {
            before.push(read(&marta, path).await.bytes);
        }
        let begin = [
            ("child", "Leyla Demir"),
            ("begun_on", "20.11.2026"),
            ("why_silent", "Leyla hat Angst vor Streit."),
            ("words", "Sie erzählt vom Zirkuszelt."),
        ];
        marta.fill("/vertraulich", "/vertraulich", &begin).await.is(303);
        for (path, was) in papers.iter().zip(&before) {
            assert_eq!(&read(&marta, path).await.bytes, was, "{path} changed");
        }
        // The family itself, over its link, and whoever looks for its name.
        let own = town.stranger().get(&format!("/familie/{token}")).await;
        own.is(200).hides("Zirkuszelt").hides("vertraulich");
        for key in ["marta", "malik", "lena"] {
            let found = town.as_(key).await.get("/suche?q=Demir").await;
            found.is(200).hides("Zirkuszelt").hides("/vertraulich/");
        }
        marta.get(&format!("/faelle/{case}")).await.hides("Zirkuszelt").hides("/vertraulich/");
    })
    .await;
}
