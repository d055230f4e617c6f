// SPDX-License-Identifier: EUPL-1.2
//! The rows of the list of bad input, kind „adressen“, that are about families: each goes through the door at which a
//! family's address is written down, sought or shown. The rows about cards stand in `trade_bad`.

use crate::client::Client;
use crate::main_job::{explores, opens, option};
use crate::sealed::silent;
use crate::town::{Engine, Town};
use axum::http::Method;
use std::collections::BTreeSet;

const SEAL: [(&str, &str); 4] = [
    ("place", "Ginsterweg 7, 22844 Musterhafen"),
    ("reason", "register"),
    ("why", "Bedrohung durch den früheren Partner."),
    ("review_on", "20.11.2027"),
];

/// What is done in a family's case, and how it is answered.
enum Tried {
    /// A form is refused with these words.
    Refused(String, Vec<(&'static str, String)>, &'static str),
    /// A form is taken, and these words stand on the page.
    Taken(String, Vec<(&'static str, String)>, &'static str),
    /// A page, or an answer in JSON, tells nothing of the address.
    Silent(String),
}
use Tried::{Refused, Silent, Taken};

fn seal(person: &str, without: &str) -> Vec<(&'static str, String)> {
    let rest = SEAL.iter().filter(|(field, _)| *field != without).map(|(field, value)| (*field, (*value).to_owned()));
    std::iter::once(("person", person.to_owned())).chain(rest).collect()
}

fn tries(case: &str, ayse: &str, cem: &str) -> Vec<(&'static str, Tried)> {
    let base = format!("/faelle/{case}");
    let (seals, stays, people) =
        (format!("{base}/schutzadressen"), format!("{base}/wohnorte"), format!("{base}/menschen"));
    let stay = |place: &str, from: &str| {
        vec![("person", ayse.to_owned()), ("place", place.to_owned()), ("from", from.to_owned())]
    };
    let of = |person: &str, mut fields: Vec<(&'static str, String)>| {
        fields[0].1 = person.to_owned();
        fields
    };
    let ended = [stay("Lindenweg 9", "2024-01-01"), vec![("until", "2024-06-30".to_owned())]].concat();
    let homeless = [of(cem, stay("Tagestreff am Hafen", "2026-01-01")), vec![("home", "without".to_owned())]].concat();
    let note = vec![
        ("words", "Sie wohnt jetzt in der Ginsterweg Nr. 7.".to_owned()),
        ("confidence", "file".to_owned()),
        ("noted_on", "2026-11-20".to_owned()),
    ];
    vec![
        ("ADR-070", Taken(stays.clone(), stay("Lindenweg 3", "2026-10-01"), "Lindenweg 3")),
        ("ADR-070", Taken(stays.clone(), stay("Heideweg 5", "2026-10-01"), "Heideweg 5")),
        ("ADR-070", Taken(stays.clone(), stay("Ginsterweg 7", "2026-10-01"), "Ginsterweg 7")),
        ("ADR-073", Taken(stays.clone(), ended, "ist kein Wohnort festgehalten")),
        ("ADR-002", Taken(stays.clone(), homeless, "ohne festen Wohnsitz")),
        ("ADR-075", Taken(stays.clone(), stay("Am Bach 1, 80331 München", "2026-11-01"), "die Zuständigkeit prüfen")),
        ("ADR-076", Taken(stays, of(cem, stay("Heideweg 6", "2026-11-02")), "§ 86 Abs. 2–5")),
        ("ADR-026", Refused(seals.clone(), seal(ayse, "reason"), "Grund")),
        ("ADR-026", Refused(seals.clone(), seal(ayse, "review_on"), "Wann prüfen Sie")),
        ("ADR-026", Taken(seals, seal(ayse, ""), "Anschrift geschützt")),
        ("ADR-031", Refused(format!("{base}/notizen"), note, "verrät eine geschützte Anschrift")),
        ("ADR-029", Silent(format!("/api/v1/cases/{case}/people"))),
        ("ADR-032", Silent("/suche?q=Muster".to_owned())),
        ("ADR-032", Silent(format!("/api/v1/cases/{case}"))),
        ("ADR-035", Silent(people)),
        ("ADR-039", Silent(base)),
    ]
}

async fn answers(marta: &Client, case: &str, row: &str, tried: Tried) {
    match tried {
        Refused(path, fields, words) => {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = marta.post(&path, &fields).await;
            assert_eq!(answer.status.as_u16(), 422, "{row}: {}", answer.text());
            assert!(answer.text().contains(words), "{row}: no „{words}“ on\n{}", answer.text());
        }
        Taken(path, fields, words) => {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = marta.post(&path, &fields).await;
            assert_eq!(answer.status.as_u16(), 303, "{row}: {}", answer.text());
            let page = marta.get(&format!("/faelle/{case}/menschen")).await;
            assert!(page.text().contains(words), "{row}: no „{words}“ on\n{}", page.text());
        }
        Silent(path) => {
            let is_api = path.starts_with("/api/");
            let answer = if is_api { marta.api(Method::GET, &path, None).await } else { marta.get(&path).await };
            assert_eq!(answer.status.as_u16(), 200, "{row} {path}");
            silent(&answer, row);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_addresses_of_families_are_answered_as_the_table_says() {
    let town = Town::new(Engine::Sqlite).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let ayse = option(&marta.get(&format!("/faelle/{case}/wille")).await.text(), "Ayşe Demir");
    let father = [("name", "Cem Demir"), ("role", "father"), ("born", "")];
    marta.fill(&format!("/faelle/{case}/wille"), &format!("/faelle/{case}/personen"), &father).await.is(303);
    let cem = option(&marta.get(&format!("/faelle/{case}/wille")).await.text(), "Cem Demir");
    let mut rows = BTreeSet::new();
    for (row, tried) in tries(&case, &ayse, &cem) {
        rows.insert(row);
        answers(&marta, &case, row, tried).await;
    }
    // ADR-036: the log has the fact and not the value.
    let deeds = town.deeds().await.join("\n");
    assert!(deeds.contains("address-sealed") && !deeds.to_lowercase().contains("ginster"));
    // ADR-038: a school tells where a protected child lives.
    let lived = format!("/faelle/{case}/lebenswelt");
    marta.get(&lived).await.hides("auch sperren?");
    let school = [
        ("person", cem.as_str()),
        ("kind", "school"),
        ("name", "Schule"),
        ("way", "foot"),
        ("company", "alone"),
        ("told_on", "2026-11-20"),
    ];
    marta.fill(&lived, &format!("{lived}/orte"), &school).await.is(303);
    marta.get(&lived).await.shows("auch sperren?");
    // ADR-039: the social space of somebody protected is not told.
    marta.get(&format!("/faelle/{case}")).await.hides("Hafen</li>");
    // ADR-040: on its day it is asked whether it is still needed, and nothing opens by itself.
    let later = town.same(&marta, "2027-11-20T10:00");
    let later =
        if later.get("/").await.status.as_u16() == 200 { later } else { town.later("marta", "2027-11-20T10:00").await };
    let page = later.get(&format!("/faelle/{case}/menschen")).await;
    page.shows("Bitte prüfen, ob der Schutz verlängert wird");
    silent(&page, "ADR-040");
    rows.extend(["ADR-036", "ADR-038", "ADR-040"]);
    let about_families = [
        "ADR-002", "ADR-026", "ADR-029", "ADR-031", "ADR-032", "ADR-035", "ADR-036", "ADR-038", "ADR-039", "ADR-040",
        "ADR-070", "ADR-073", "ADR-075", "ADR-076",
    ];
    assert_eq!(rows, BTreeSet::from(about_families));
}
