// SPDX-License-Identifier: EUPL-1.2
//! What of the network is kept, changed and let go: words of contacts, partners, versions of projects, pages of the log.

use crate::client::Client;
use crate::contacts::{proposed, running, space, work};
use crate::ledger::get;
use crate::town::{Engine, Town};
use axum::http::Method;
use domain::kernel::Moment;
use serde_json::{Value, json};

/// The team wants it otherwise: it is changed, what it said is kept, the decider sees that.
async fn a_project_changes(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, lena) = (town.as_("konrad").await, town.as_("lena").await);
    let id = proposed(&konrad, "Schwimmgruppe").await;
    let (page, change) = (format!("/projekte/{id}"), format!("/projekte/{id}/aendern"));
    let advice = [("opinion", "with-changes"), ("words", "Kleiner anfangen.")];
    konrad.fill(&page, &format!("{page}/stellungnahme"), &advice).await.is(303);
    konrad.get(&page).await.shows("Projekt ändern");
    konrad.get(&change).await.is(200).shows("900,00; Bahnmiete; Sachkosten").shows("Acht Kinder schwimmen bis Mai.");
    let fields = [
        ("title", "Schwimmgruppe am Dienstag"),
        ("found_in", "Sozialraumteam"),
        ("need", "Mehrere Kinder können nicht schwimmen."),
        ("goals", "Vier Kinder schwimmen bis Mai."),
        ("help_link", "In drei Hilfeplänen steht ein Ziel dazu."),
        ("terms", "Der Verein stellt eine Bahn."),
        ("hours", "20"),
        ("costs", "450; Bahnmiete; Sachkosten\n150; Trainerin; Angebote"),
    ];
    let mut wrong = fields;
    wrong[7] = ("costs", "viel Geld");
    konrad.fill(&change, &change, &wrong).await.is(422).shows("Bitte je Zeile Betrag").shows("viel Geld");
    // Nobody else's idea is rewritten by an agency; bodies only read.
    let with_version: Vec<_> = fields.into_iter().chain([("version", "1")]).collect();
    for (key, status) in [("anker", 403), ("lotse", 403), ("greta", 403), ("fiona", 403)] {
        town.as_(key).await.post(&change, &with_version).await.is(status);
    }
    konrad.fill(&change, &change, &fields).await.is(303);
    let seen = konrad.get(&page).await;
    seen.shows("Schwimmgruppe am Dienstag").shows("Vier Kinder").shows("600,00").shows("Frühere Fassungen");
    seen.shows("Fassung 1").shows("Acht Kinder schwimmen bis Mai.").shows("900,00").shows("20:00 h");
    konrad.get("/projekte").await.shows("600,00").hides("1.500,00");
    // Whoever had the old version before their eyes writes over nobody.
    let stale = konrad.post(&change, &with_version).await;
    stale.is(422).shows("inzwischen geändert").shows("Vier Kinder");
    lena.get(&page).await.shows("Seit der Stellungnahme wurde das Projekt geändert");
    lena.fill(&page, &format!("{page}/entscheidung"), &[("granted", "yes"), ("by", "team-lead")]).await.is(303);
    lena.get(&page).await.hides("Seit der Stellungnahme");
    let late: Vec<_> = fields.into_iter().chain([("version", "2")]).collect();
    konrad.post(&change, &late).await.is(422).shows("schon entschieden");
    konrad.get(&page).await.hides("Projekt ändern");
    // Given up before it begins, and everybody reads why.
    let back = format!("{page}/zurueckziehen");
    konrad.fill(&page, &back, &[("why", "")]).await.is(422);
    town.as_("anker").await.post(&back, &[("why", "x")]).await.is(403);
    konrad.fill(&page, &back, &[("why", "Der Verein hat sich aufgelöst.")]).await.is(303);
    let seen = town.as_("greta").await.get(&page).await;
    seen.shows("zurückgezogen").shows("Der Verein hat sich aufgelöst.");
    konrad.post(&back, &[("why", "x")]).await.is(422).shows("schon entschieden");
    konrad.post(&format!("{page}/beginn"), &[]).await.is(422);
    let told = get(&konrad, &format!("/api/v1/projects/{id}")).await;
    assert_eq!((&told["state"], &told["version"]), (&json!("withdrawn"), &json!(2)), "{told}");
}

/// Money that is still promised keeps a project from being given up.
async fn money_comes_first(engine: Engine) {
    let town = Town::new(engine).await;
    let (konrad, lena, fiona) = (town.as_("konrad").await, town.as_("lena").await, town.as_("fiona").await);
    let id = proposed(&konrad, "Schwimmgruppe").await;
    let page = format!("/projekte/{id}");
    konrad.fill(&page, &format!("{page}/stellungnahme"), &[("opinion", "in-favour")]).await.is(303);
    lena.fill(&page, &format!("{page}/entscheidung"), &[("granted", "yes"), ("by", "team-lead")]).await.is(303);
    let nord = town.region("Nord").await.to_string();
    let plan = [("region", nord.as_str()), ("year", "2026"), ("kind", "C"), ("planned", "5.000"), ("note", "Rat")];
    fiona.post("/budget/plan", &plan).await.is(303);
    let money = [("amount", "500"), ("year", "2026"), ("paragraph", "11")];
    fiona.fill(&page, &format!("{page}/mittel"), &money).await.is(303);
    let promise = crate::agreements::after(&fiona.get(&page).await.text(), "/budget/zusagen/");
    let why = json!({"why": "Der Verein hat sich aufgelöst."});
    let back = format!("/api/v1/projects/{id}/withdrawal");
    konrad.api(Method::POST, &back, Some(why.clone())).await.is(422).shows("noch Geld zugesagt");
    let end = format!("/budget/zusagen/{promise}");
    fiona.fill(&end, &format!("{end}/abschluss"), &[("note", "Projekt entfällt")]).await.is(303);
    konrad.api(Method::POST, &back, Some(why)).await.is(200);
}

/// Words are put right and go; hours stay.
async fn words_go(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let page = running(&town, &konrad, "Schwimmgruppe").await;
    konrad.fill(&page, &format!("{page}/arbeit"), &work("Frau Petersen", "Ihr Sohn trinkt.")).await.is(303);
    let anker = town.as_("anker").await;
    anker.fill(&page, &format!("{page}/arbeit"), &work("Trainerin", "Acht Kinder waren da.")).await.is(303);
    let log = get(&konrad, "/api/v1/network/contacts").await["contacts"].as_array().unwrap().clone();
    assert_eq!((log.len(), &log[1]["words_until"]), (2, &json!("2029-12-31")), "{log:?}");
    let address = |at: usize| format!("/netzwerk/kontakte/{}", log[at]["id"].as_str().unwrap());
    let (theirs, ours) = (address(0), address(1));
    konrad.get(&ours).await.is(200).shows("Der Text wird nach dem 31.12.2029 von selbst gelöscht.");
    let right = [("person", "Frau Petersen vom Kiosk"), ("result", "Sie hängt den Zettel auf.")];
    konrad.fill(&ours, &ours, &[("result", "")]).await.is(422);
    konrad.fill(&ours, &ours, &right).await.is(303);
    konrad.get("/netzwerk").await.shows("hängt den Zettel auf").hides("Ihr Sohn trinkt");
    konrad.get(&page).await.shows("hängt den Zettel auf").hides("Ihr Sohn trinkt");
    // One's own words one may put right; those of others are not even there.
    anker.get(&ours).await.is(404);
    anker.post(&ours, &right).await.is(404);
    anker.post(&format!("{ours}/loeschen"), &[]).await.is(404);
    anker.fill(&theirs, &theirs, &[("result", "Sieben Kinder waren da.")]).await.is(303);
    for key in ["greta", "paul", "fiona"] {
        assert!(matches!(town.as_(key).await.get(&ours).await.status.as_u16(), 403 | 404), "{key}");
    }
    konrad.fill(&ours, &format!("{ours}/loeschen"), &[]).await.is(303);
    konrad.get(&ours).await.shows("gelöscht").hides("Petersen").hides("hängt den Zettel auf");
    konrad.post(&ours, &right).await.is(422).shows("schon gelöscht");
    konrad.post(&format!("{ours}/loeschen"), &[]).await.is(422).shows("schon gelöscht");
    konrad.get("/netzwerk").await.shows("Text gelöscht").shows("3:00 h").hides("Petersen");
    // On the last day of the third year the other words are there, on the next they go.
    let at = |day: &str| town.app.at(Moment::parse_local(day).unwrap());
    assert_eq!(app::network::forget_words(&at("2029-12-31T12:00")).await, Ok(0));
    assert_eq!(app::network::forget_words(&at("2030-01-01T12:00")).await, Ok(1));
    assert_eq!(app::network::forget_words(&at("2030-01-01T12:00")).await, Ok(0));
    konrad.get(&page).await.shows("1:30 h").hides("Trainerin").hides("Kinder waren da");
    let told = get(&konrad, "/api/v1/network/contacts").await["contacts"].clone();
    assert_eq!((&told[0]["result"], &told[0]["minutes"]), (&Value::Null, &json!(90)), "{told}");
    let deeds = town.deeds().await;
    for deed in ["contact-corrected", "contact-erased", "contacts-forgotten"] {
        assert!(deeds.iter().any(|one| one.ends_with(deed)), "{deed}: {deeds:?}");
    }
}

fn partner(name: &str, space: &str) -> Value {
    json!({"name": name, "kind": "association", "tie": "information", "space": space, "contact": "Frau Olsen, Tel. 1",
        "weeks": 4})
}

async fn added(client: &Client, body: Value) -> String {
    let made = client.api(Method::POST, "/api/v1/network/partners", Some(body)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()["id"].as_str().unwrap().to_owned()
}

/// Partners are entered and changed through the API, ended, and come back.
async fn partners_end(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let hafen = space(&konrad, "Hafen").await;
    let id = added(&konrad, partner("Schwimmverein", &hafen)).await;
    let path = format!("/api/v1/network/partners/{id}");
    let api =
        |client: Client, path: String, body: Value| async move { client.api(Method::POST, &path, Some(body)).await };
    api(konrad.clone(), "/api/v1/network/partners".into(), partner("schwimmverein", &hafen)).await.is(422);
    api(konrad.clone(), path.clone(), json!({"name": "x", "kind": "nobody", "tie": "information"})).await.is(422);
    api(konrad.clone(), path.clone(), partner("Schwimmverein Hafen", &hafen)).await.is(200);
    for key in ["paul", "greta", "lotse", "fiona"] {
        let status = api(town.as_(key).await, path.clone(), partner("Fremd", &hafen)).await.status.as_u16();
        assert!(matches!(status, 403 | 404), "{key}: {status}");
    }
    let change = format!("/netzwerk?partner={id}");
    konrad.get(&change).await.shows("Frau Olsen");
    let end = format!("/netzwerk/partner/{id}/ende");
    konrad.fill(&change, &end, &[("why", "")]).await.is(422);
    konrad.fill(&change, &end, &[("why", "Verein aufgelöst")]).await.is(303);
    // Its name stays as proof of work, whom to ask for goes, and nobody is reminded of it.
    let seen = konrad.get("/netzwerk").await;
    seen.shows("Frühere Partner").shows("Verein aufgelöst").hides("Frau Olsen");
    assert!(!seen.text().contains(&format!("<option value=\"{id}\"")));
    town.later("konrad", "2027-06-01T10:00").await.get("/netzwerk").await.hides("fällig");
    konrad.get(&format!("/sozialraeume/{hafen}")).await.hides("Schwimmverein");
    konrad.post(&end, &[("why", "x")]).await.is(422).shows("schon geschehen");
    api(konrad.clone(), path.clone(), partner("Anders", &hafen)).await.is(422);
    konrad.fill("/netzwerk", &format!("/netzwerk/partner/{id}/wieder"), &[]).await.is(303);
    konrad.get("/netzwerk").await.hides("Frühere Partner").shows("Schwimmverein Hafen");
    api(konrad.clone(), format!("{path}/end"), json!({"why": "Zieht weg"})).await.is(200);
    api(konrad.clone(), format!("{path}/resumption"), json!({})).await.is(200);
}

/// Every contact is found: by page, by partner, space and time, and in a file.
async fn the_log_has_pages(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let (hafen, club) = (space(&konrad, "Hafen").await, "Schwimmverein");
    let club = added(&konrad, partner(club, &hafen)).await;
    for number in 1..=55 {
        let on = format!("2026-{:02}-{:02}", 9 + number / 28, 1 + number % 28);
        let mut body = json!({"on": on, "column": "independent", "field": "tend", "minutes": 30,
            "result": format!("Gespräch {number} geführt.")});
        if number % 11 == 0 {
            (body["partner"], body["space"]) = (json!(club), json!(hafen));
        }
        konrad.api(Method::POST, "/api/v1/network/contacts", Some(body)).await.is(201);
    }
    let all = "/netzwerk/kontakte";
    let count = |text: &str| text.matches("id=\"k-").count();
    let first = konrad.get(all).await.text();
    let next = first.split("/netzwerk/kontakte?after=").nth(1).unwrap().split('"').next().unwrap();
    let second = konrad.get(&format!("{all}?after={next}")).await.text();
    assert_eq!((count(&first), count(&second), second.contains("?after=")), (50, 5, false));
    assert!(second.contains("Gespräch 1 geführt.") && !first.contains("Gespräch 1 geführt."));
    let of_club = konrad.get(&format!("{all}?partner={club}")).await;
    of_club.shows("Gespräch 11 geführt").hides("Gespräch 12 geführt");
    assert_eq!(count(&of_club.text()), 5);
    assert_eq!(count(&konrad.get(&format!("{all}?space={hafen}&from=2026-10-01")).await.text()), 3);
    let wrong = konrad.get(&format!("{all}?from=2026-11-01&until=2026-10-01")).await;
    wrong.is(422).shows("endet, bevor er beginnt");
    konrad.get(&format!("{all}?from=gestern")).await.is(422);
    let file = konrad.get(&format!("{all}/datei?partner={club}")).await.text();
    assert_eq!(file.lines().count(), 6, "{file}");
    assert!(file.contains("0:30 h;Schwimmverein;Hafen"), "{file}");
    assert_eq!(konrad.get(&format!("{all}/datei")).await.text().lines().count(), 56);
    let page = get(&konrad, "/api/v1/network/contacts").await;
    let mark = page["next"].as_str().unwrap();
    let rest = get(&konrad, &format!("/api/v1/network/contacts?after={mark}")).await;
    assert_eq!((rest["contacts"].as_array().unwrap().len(), &rest["next"]), (5, &Value::Null));
    for key in ["lotse", "anker", "greta", "fiona"] {
        for path in [all.to_owned(), format!("{all}/datei")] {
            town.as_(key).await.get(&path).await.is(404).hides("Gespräch");
        }
    }
}

/// Small numbers of people hide under every name, and no total gives them away.
async fn few_people_are_nobodys(engine: Engine) {
    let town = Town::new(engine).await;
    let (paul, marta) = (town.as_("paul").await, town.as_("marta").await);
    let hafen = space(&paul, "Hafen").await;
    let import = "/sozialraeume/kennzahlen";
    let head = "Schlüssel;Merkmal;Wert;Einheit;Quelle;Stand;Art;Teil von\n";
    let row = |name: &str, value: &str, unit: &str, kind: &str, of: &str| {
        format!("100100000;{name};{value};{unit};Amt;31.12.2025;{kind};{of}\n")
    };
    let rows = [
        row("Arme", "1", "Familien", "", ""),
        row("Räumungen", "2", "Haushalte", "Menschen", ""),
        row("Ohne Schule", "2", "Jugendliche", "", ""),
        row("Zuzug", "1,5", "je 1.000", "Anteil", ""),
        row("Miete", "2", "Tausend", "Geld", ""),
        row("Spielplätze", "2", "", "Fläche", ""),
        row("Vielleicht", "2", "", "Quote", ""),
        row("Kinder", "120", "", "", ""),
        row("Krippe", "2", "", "", "Kinder"),
        row("Kita", "30", "", "", "Kinder"),
        row("Schule", "88", "", "", "Kinder"),
        row("Hort", "4", "", "", ""),
    ];
    let table = format!("{head}{}", rows.concat());
    let sent = paul.upload(import, &[], &[("table", "zahlen.csv", table.as_str())]).await;
    sent.is(200).shows("11 Zeilen übernommen").shows("Möglich sind Menschen, Anteil, Geld und Fläche");
    let told = |client: Client| {
        let path = format!("/api/v1/spaces/{hafen}");
        async move {
            let all = get(&client, &path).await["figures"].as_array().unwrap().clone();
            let open = all.iter().filter(|one| !one["hundredths"].is_null());
            open.map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    // The nursery hides, and so does the next smallest part: the total less the others would tell it.
    assert_eq!(told(marta.clone()).await, ["Hort", "Kinder", "Miete", "Schule", "Spielplätze", "Zuzug"]);
    // Four is enough inside the office, and too few for whoever has a seat in a body.
    assert_eq!(told(town.as_("greta").await).await, ["Kinder", "Miete", "Schule", "Spielplätze", "Zuzug"]);
    let seen = marta.get(&format!("/sozialraeume/{hafen}")).await;
    seen.hides(">1 Familien").hides(">2 Haushalte").hides(">2 Jugendliche").hides(">30<").shows("1,5 je 1.000");
}

crate::town::both! {
    a_project_changes, a_project_changes_on_sqlite, a_project_changes_on_postgres;
    money_comes_first, money_comes_before_giving_up_on_sqlite, money_comes_before_giving_up_on_postgres;
    words_go, words_go_and_hours_stay_on_sqlite, words_go_and_hours_stay_on_postgres;
    partners_end, partners_end_on_sqlite, partners_end_on_postgres;
    the_log_has_pages, the_log_has_pages_on_sqlite, the_log_has_pages_on_postgres;
    few_people_are_nobodys, n10_small_figures_hide_under_every_name_on_sqlite, n10_small_figures_hide_under_every_name_on_postgres;
}
