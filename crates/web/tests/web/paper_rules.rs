// SPDX-License-Identifier: EUPL-1.2
//! Every PDF that comes out of the house: it keeps the rules of PDF/UA-1 that a file can be read for, and says what its
//! page says. One table over all doors that make one.

use crate::client::Client;
use crate::letters::{answers, begins};
use crate::main_job::{consults, decides, explores, opens, option};
use crate::pdf_rules::faults;
use crate::town::{Engine, Town};
use axum::http::Method;

/// Doors that make a PDF and need no story of their own here, each with the story that tries it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("/familie/{token}/pdf", "family_side: the same sheet as the family's version"),
    ("/rechnungen/{id}/avis.pdf", "agreements, documents/tests/matterhorn.rs"),
    ("/kostenbriefe/{id}/pdf", "papers: the same sheet as a letter"),
    ("/briefe/{id}/anschrift", "letters: the same sheet with its address"),
    ("/schutz/{id}/rueckmeldung", "protection: three facts"),
    ("/schutz/{id}/anrufung", "protection: a record"),
    ("/schutz/{id}/schutzplan", "protection: a record"),
];

/// A paper: the door's pattern, its page, the PDF, what people said that stands on both.
struct Paper {
    door: &'static str,
    page: String,
    pdf: String,
    words: &'static [&'static str],
}

fn plain(text: &str) -> String {
    text.replace(['-', '\u{ad}', '\u{200b}'], "").split_whitespace().collect()
}

/// The text of a PDF, if `pdftotext` is at hand.
fn text_of(pdf: &[u8]) -> Option<String> {
    let file = std::env::temp_dir().join(format!("sozialraum-paper-{}.pdf", crate::client::chance()));
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output();
    std::fs::remove_file(&file).unwrap();
    Some(plain(&String::from_utf8_lossy(&read.ok()?.stdout)))
}

async fn keeps_the_rules(reader: &Client, paper: &Paper) {
    let made = reader.get(&paper.pdf).await;
    made.is(200);
    assert_eq!(made.kind, "application/pdf", "{}", paper.door);
    let found = faults(&made.bytes);
    assert!(found.is_empty(), "{}: {found:?}", paper.door);
    let page = reader.get(&paper.page).await;
    let shown = plain(&page.is(200).text());
    let Some(printed) = text_of(&made.bytes) else { return };
    for words in paper.words {
        assert!(shown.contains(&plain(words)), "{} does not show „{words}“", paper.page);
        assert!(printed.contains(&plain(words)), "{} does not print „{words}“:\n{printed}", paper.door);
    }
}

/// A case with everything that is printed; answers its papers.
async fn papers(town: &Town, marta: &Client) -> Vec<Paper> {
    let case = opens(marta).await;
    explores(marta, &case).await;
    consults(town, marta, &case).await;
    let plan = decides(marta, &case).await;
    let people = marta.get(&format!("/faelle/{case}/wille")).await.text();
    let (leyla, ayse) = (option(&people, "Leyla Demir"), option(&people, "Ayşe Demir"));
    let letter = begins(marta, &case, "invitation", &format!("person:{ayse}")).await;
    answers(marta, &letter, &[("termin", "Montag, 15 Uhr"), ("ort", "Haus der Jugend")]).await.is(303);
    let court = format!("/hilfeplaene/{plan}/gericht");
    let asked = [("court", "Amtsgericht Musterhafen"), ("file_number", "12 F 3/26"), ("proceeding", "1666")];
    marta.fill(&court, &court, &asked).await.is(303);
    let made = marta.api(Method::GET, &format!("/api/v1/cases/{case}/court-extracts"), None).await.json();
    let extract = made["extracts"][0]["id"].as_str().unwrap().to_owned();
    let care = taken_into_care(marta, &case, &leyla).await;
    let meeting = meets(town).await;
    vec![
        paper(
            "/hilfeplaene/{id}/pdf",
            (&format!("/hilfeplaene/{plan}"), &format!("/hilfeplaene/{plan}/pdf")),
            &["Ich will, dass Leyla gern zur Schule geht.", "Begleitung am Nachmittag.", "Allein gehört, beim Malen."],
        ),
        paper(
            "/hilfeplaene/{id}/familie/pdf",
            (&format!("/hilfeplaene/{plan}/familie"), &format!("/hilfeplaene/{plan}/familie/pdf")),
            &["Ich will, dass Leyla gern zur Schule geht.", "Leyla hat nachmittags einen festen Ort."],
        ),
        paper(
            "/gerichtsauszuege/{id}/pdf",
            (&court, &format!("/gerichtsauszuege/{extract}/pdf")),
            &["Amtsgericht Musterhafen"],
        ),
        paper(
            "/briefe/{id}/pdf",
            (&format!("/briefe/{letter}"), &format!("/briefe/{letter}/pdf")),
            &["Guten Tag Ayşe Demir,", "Montag, 15 Uhr", "Haus der Jugend"],
        ),
        paper(
            "/faelle/{id}/uebergabeblatt/pdf",
            (&format!("/faelle/{case}/uebergabeblatt"), &format!("/faelle/{case}/uebergabeblatt/pdf")),
            &[
                "Ich will, dass Leyla gern zur Schule geht.",
                "Leyla hat nachmittags einen festen Ort.",
                "noch nicht bewertet",
            ],
        ),
        paper(
            "/inobhutnahmen/{id}/protokoll",
            (&format!("/faelle/{case}/schutz"), &format!("/inobhutnahmen/{care}/protokoll")),
            &["Leyla Demir", "Die Mutter ist nicht erreichbar.", "Kinderschutzhaus", "In ihren Worten erklärt."],
        ),
        paper(
            "/teams/sitzungen/{id}/protokoll/pdf",
            (&format!("/teams/sitzungen/{meeting}/protokoll"), &format!("/teams/sitzungen/{meeting}/protokoll/pdf")),
            &["Protokoll der Sitzung am 24.11.2026", "Haus der Jugend, Raum 2", "Team Hafen"],
        ),
    ]
}

fn paper(door: &'static str, (page, pdf): (&str, &str), words: &'static [&'static str]) -> Paper {
    Paper { door, page: page.to_owned(), pdf: pdf.to_owned(), words }
}

async fn taken_into_care(marta: &Client, case: &str, child: &str) -> String {
    let page = format!("/faelle/{case}/schutz");
    let care = [
        ("child", child),
        ("ground", "danger-court-too-late"),
        ("words", "Die Mutter ist nicht erreichbar."),
        ("place", "Kinderschutzhaus"),
        ("placement", "facility"),
        ("began", "2026-11-20T09:30"),
    ];
    marta.fill(&page, &format!("/faelle/{case}/inobhutnahmen"), &care).await.is(303);
    let text = marta.get(&page).await.text();
    let id = text.split("action=\"/inobhutnahmen/").nth(1).map(|rest| rest[..36].to_owned()).unwrap();
    let told = [("kind", "child-informed"), ("words", "In ihren Worten erklärt."), ("at", "2026-11-20T09:50")];
    marta.fill(&page, &format!("/inobhutnahmen/{id}/eintraege"), &told).await.is(303);
    id
}

async fn meets(town: &Town) -> String {
    let konrad = town.as_("konrad").await;
    let page = "/teams/sitzungen";
    let team = option(&konrad.get(page).await.text(), "Team Hafen");
    let meeting = [
        ("team", team.as_str()),
        ("kind", "consultation"),
        ("meets_on", "2026-11-24"),
        ("starts_at", "9:00"),
        ("minutes", "90"),
        ("place", "Haus der Jugend, Raum 2"),
    ];
    konrad.fill(page, page, &meeting).await.id()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_paper_is_accessible_and_says_what_its_page_says() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let papers = papers(&town, &marta).await;
    for paper in &papers {
        keeps_the_rules(&marta, paper).await;
    }
    // No door makes a PDF that is in neither list.
    let known =
        |path: &str| papers.iter().any(|paper| paper.door == path) || ELSEWHERE.iter().any(|(door, _)| *door == path);
    for route in web::listing().iter().filter(|route| route.method == "GET" && !route.path.starts_with("/api/")) {
        let prints = route.path.ends_with("pdf") || route.path.contains("inobhutnahmen");
        assert!(!prints || known(route.path), "{} makes a paper and is in no table", route.path);
    }
}
