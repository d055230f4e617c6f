// SPDX-License-Identifier: EUPL-1.2
//! Every PDF that comes out of the house keeps the rules of PDF/UA-1 that a file can be read for, and says word for
//! word, in the same order, what its page says. A paper's page is its address without `/pdf`; the doors are taken from
//! the list of routes, so that a new one without a row here fails.

use crate::agreements::{a_planned_help, later};
use crate::client::Client;
use crate::ending::decides_on;
use crate::family_side::linked;
use crate::letters::{answers, begins, family, has_a_house};
use crate::main_job::{commissions, consults, option};
use crate::pdf_rules::faults;
use crate::protection::{self, assessed, keeps, looked_at};
use crate::town::{Engine, Town};
use crate::{page_text, pdf_text};
use axum::http::Method;

const ROUTES: &str = include_str!("../../../../docs/routes.txt");

/// A paper: its page, who reads it.
struct Paper {
    page: String,
    reader: Client,
}

/// Does this address go through this door?
fn fits(door: &str, path: &str) -> bool {
    let (door, path): (Vec<&str>, Vec<&str>) = (door.split('/').collect(), path.split('/').collect());
    door.len() == path.len() && door.iter().zip(&path).all(|(door, path)| door.starts_with('{') || door == path)
}

/// Without what is between words and inside of broken ones.
fn squeezed(pieces: &[String]) -> String {
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}');
    pieces.iter().flat_map(|piece| piece.chars()).filter(kept).collect()
}

/// Where page and paper begin to differ, with what follows on each; nothing, if they say the same.
fn difference(page: &[String], paper: &[String]) -> Option<String> {
    let (page, paper): (Vec<char>, Vec<char>) = (squeezed(page).chars().collect(), squeezed(paper).chars().collect());
    if page == paper {
        return None;
    }
    let same = page.iter().zip(&paper).take_while(|(one, other)| one == other).count();
    let from = same.saturating_sub(30);
    let part = |all: &[char]| all.iter().skip(from).take(120).collect::<String>();
    Some(format!("page:  …{}\npaper: …{}", part(&page), part(&paper)))
}

/// Page and paper in pieces.
async fn read(paper: &Paper) -> (Vec<String>, Vec<String>) {
    let at = &paper.page;
    let made = paper.reader.get(&format!("{at}/pdf")).await;
    assert_eq!((made.status.as_u16(), made.kind.as_str()), (200, "application/pdf"), "{at}: {}", made.text());
    let found = faults(&made.bytes);
    assert!(found.is_empty(), "{at}: {found:?}");
    let page = paper.reader.get(at).await;
    page.is(200).shows("/pdf");
    let (shown, printed) = (page_text::pieces(&page.text()), pdf_text::pieces(&made.bytes));
    assert!(shown.len() > 3 && printed.len() > 3, "{at} says next to nothing: {shown:?} {printed:?}");
    (shown, printed)
}

/// A help with its plan, letters, court, team, hand-over, invoice; answers its papers.
async fn of_a_help(town: &Town) -> Vec<Paper> {
    let fiona = town.as_("fiona").await;
    let (marta, case, mandate) = a_planned_help(town, &fiona).await;
    let item = consults(town, &marta, &case).await;
    let plans = marta.api(Method::GET, &format!("/api/v1/cases/{case}/plans"), None).await.json();
    let plan = plans["plans"][0]["id"].as_str().unwrap().to_owned();
    let people = marta.get(&format!("/faelle/{case}/wille")).await.text();
    let (leyla, ayse) = (option(&people, "Leyla Demir"), option(&people, "Ayşe Demir"));
    let letter = begins(&marta, &case, "invitation", &format!("person:{ayse}")).await;
    answers(&marta, &letter, &[("termin", "Montag, 15 Uhr"), ("ort", "Haus der Jugend")]).await.is(303);
    let court = format!("/hilfeplaene/{plan}/gericht");
    let asked = [("court", "Amtsgericht Musterhafen"), ("file_number", "12 F 3/26"), ("proceeding", "1666")];
    marta.fill(&court, &court, &asked).await.is(303);
    let made = marta.api(Method::GET, &format!("/api/v1/cases/{case}/court-extracts"), None).await.json();
    let extract = made["extracts"][0]["id"].as_str().unwrap().to_owned();
    let care = taken_into_care(&marta, &case, &leyla).await;
    let meeting = meets(town).await;
    let link = linked(&marta, &plan).await;
    let transition = agreed_on(&marta, &case).await;
    let mut papers: Vec<Paper> = [
        format!("/hilfeplaene/{plan}"),
        format!("/hilfeplaene/{plan}/familie"),
        format!("/gerichtsauszuege/{extract}"),
        format!("/briefe/{letter}"),
        format!("/faelle/{case}/uebergabeblatt"),
        format!("/inobhutnahmen/{care}/protokoll"),
        format!("/teams/sitzungen/{meeting}/protokoll"),
        format!("/teams/{item}/blatt"),
        format!("/uebergaenge/{transition}"),
    ]
    .map(|page| Paper { page, reader: marta.clone() })
    .into();
    papers.push(Paper { page: link, reader: town.stranger() });
    papers.push(paid(town, &mandate).await);
    papers
}

/// How a help goes on with another carrier.
async fn agreed_on(marta: &Client, case: &str) -> String {
    let page = format!("/faelle/{case}/uebergang");
    let fields = [
        ("kind", "integration"),
        ("carrier", "Eingliederungshilfe Kreis Süd"),
        ("changes_on", "2027-12-01"),
        ("talk_on", "2026-12-10"),
        ("participants", "Leyla Demir\nAyşe Demir"),
        ("goals", "Leyla bleibt in ihrer Schule."),
        ("goes_on", "Die Begleitung geht ohne Lücke weiter."),
        ("steps", "Marta lädt zur Konferenz bis Februar."),
        ("family_says", "Bitte dieselbe Begleiterin."),
    ];
    marta.fill(&page, &page, &fields).await.is(303);
    let shown = marta.get(&page).await.text();
    shown.split("href=\"/uebergaenge/").nth(1).unwrap()[..36].to_owned()
}

/// An invoice with a line that is not paid in full.
async fn paid(town: &Town, mandate: &str) -> Paper {
    let hours = format!("/auftraege/{mandate}/stunden");
    let lotse = later(town, "2027-01-10", "lotse").await;
    lotse.fill(&hours, &hours, &[("month", "12/2026"), ("quantity", "20")]).await.is(303);
    let fiona = later(town, "2027-01-12", "fiona").await;
    let entry = format!("/rechnungen/neu?traeger={}", town.lotse);
    let lines = "2026-0001; 12/2026; 22; 69,80\n2099-1; 12/2026; 1; 1,00";
    let fields = [("number", "R-7"), ("dated_on", "2027-01-05"), ("lines", lines), ("exception", "")];
    let invoice = format!("/rechnungen/{}", fiona.fill(&entry, "/rechnungen", &fields).await.id());
    fiona.fill(&invoice, &format!("{invoice}/zahlung"), &[]).await.is(303);
    Paper { page: format!("{invoice}/avis"), reader: fiona }
}

/// A child in danger: assessment with protection plan, court, answer to who reported.
async fn of_a_danger(town: &Town) -> Vec<Paper> {
    let marta = town.as_("marta").await;
    let case = protection::danger(&marta, "school").await;
    protection::family(&marta, &case).await;
    let id = protection::begins(&marta, &case, &["Leyla Demir"]).await;
    looked_at(&marta, &id).await;
    assessed(&marta, &id, "acute").await;
    let step = [("words", "Kita meldet Fehltage."), ("names", "Kita"), ("due", "2026-12-01")];
    keeps(&marta, &id, "plan-step", &step).await.is(303);
    let call = [
        ("code", "needed"),
        ("words", "Aufenthaltsbestimmung vorläufig entziehen."),
        ("source", "Amtsgericht Musterhafen"),
        ("names", "Lena Beispiel"),
    ];
    keeps(&marta, &id, "court-call", &call).await.is(303);
    let told = [("marks", "confirmed"), ("marks", "became-active"), ("marks", "still-active"), ("code", "yes")];
    keeps(&marta, &id, "feedback", &told).await.is(303);
    let at = |paper| Paper { page: format!("/schutz/{id}/{paper}"), reader: marta.clone() };
    ["anrufung", "schutzplan", "rueckmeldung"].map(at).into()
}

/// What parents are told of their share in the costs.
async fn of_a_share(town: &Town) -> Paper {
    let (marta, fiona) = (town.as_("marta").await, town.as_("fiona").await);
    has_a_house(town).await;
    let (case, ..) = family(&marta).await;
    decides_on(&marta, &case, "34", "2027-08-31", "").await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
    let north = town.region("Nord").await;
    let list = fiona.get(&format!("/budget/zusagen?region={north}&jahr=2026&mittel=A")).await.text();
    let ids = list.split("href=\"/budget/zusagen/").skip(1).map(|rest| rest[..36].to_owned());
    for promise in ids {
        let shown = fiona.get(&format!("/budget/zusagen/{promise}")).await.text();
        let Some(page) =
            shown.split("/kostenbeitraege/").nth(1).map(|rest| format!("/kostenbeitraege/{}", &rest[..36]))
        else {
            continue;
        };
        let text = fiona.get(&page).await.text();
        if text.contains("name=\"to\"") {
            let letter = fiona.fill(&page, &page, &[("to", &option(&text, "Ayşe Demir"))]).await.id();
            return Paper { page: format!("/kostenbriefe/{letter}"), reader: fiona };
        }
    }
    panic!("no help with a share in its costs");
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
    town.plans("Nord", 100_000, 0).await;
    let mut papers = of_a_help(&town).await;
    papers.extend(of_a_danger(&town).await);
    papers.push(of_a_share(&town).await);
    let mut wrong = Vec::new();
    for paper in &papers {
        let (shown, printed) = read(paper).await;
        wrong.extend(difference(&shown, &printed).map(|what| format!("{}\n{what}", paper.page)));
        notices_what_is_changed(&shown, &printed);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    // No door makes a PDF that has no row above.
    let doors = ROUTES.lines().filter_map(|line| line.split_whitespace().nth(1)?.strip_suffix("/pdf"));
    let doors: Vec<&str> = doors.collect();
    assert!(doors.len() >= 14, "{doors:?}");
    for door in doors {
        assert!(papers.iter().any(|paper| fits(door, &paper.page)), "{door}/pdf has no row here");
    }
}

/// Another word, a part less, or parts in another order are told.
fn notices_what_is_changed(page: &[String], paper: &[String]) {
    let mut word = page.to_vec();
    word[1] += " anders";
    let mut turned = page.to_vec();
    turned.reverse();
    for changed in [&word[..], &page[1..], &page[..page.len() - 1], &turned] {
        assert!(difference(changed, paper).is_some(), "a change was not noticed in {page:?}");
    }
}
