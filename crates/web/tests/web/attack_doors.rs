// SPDX-License-Identifier: EUPL-1.2
//! Doors behind which cards are before they are cards, or beside a family: a file that was handed in, what was left out of
//! it, a private person who waits, what the quarter has for a goal. Their addresses name something else than a card.

use crate::attack::{Kept, WHEN, bare};
use crate::client::{Answer, Client};
use crate::town::Town;
use crate::trade::{PATH, handed_in, taken};
use axum::http::Method;
use serde_json::json;
use std::io::{Cursor, Read};

/// What is there to be found.
pub struct Hidden {
    import: String,
    done: String,
    waiting: String,
    case: String,
    /// D, L, N.
    pub kept: Vec<Kept>,
}

/// konrad handed two files in: one that waits, one that was taken but for a row; a person out of it waits.
pub async fn hidden(town: &Town) -> Hidden {
    let konrad = town.later("konrad", WHEN).await;
    let draft = handed_in(&konrad, "a.csv", "Name;Beschreibung\nNest Drossel;Gelege-Drossel\n".as_bytes()).await;
    let text = "Name;Beschreibung;Art;Thema\nNest Lerche;Gelege-Lerche;Gruppe;Gibtsnicht\n\
                Nest Nachtigall;Gelege-Nachtigall;Privatperson;\n";
    let done = handed_in(&konrad, "b.csv", text.as_bytes()).await;
    taken(&konrad, &done, &[("without_faulty", "yes")]).await.is(303);
    let page = konrad.get(PATH).await.text();
    let waiting = page.split("/ressourcen/wartende/").nth(1).unwrap()[..36].to_owned();
    let case = crate::main_job::opens(&town.as_("marta").await).await;
    let kept = [('D', "Drossel"), ('L', "Lerche"), ('N', "Nachtigall")].map(|(sign, word)| bare(sign, word)).into();
    Hidden { import: id_of(&draft), done: id_of(&done), waiting, case, kept }
}

fn id_of(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// Opens them all, with the route each belongs to.
pub async fn knock(client: &Client, who: &str, hidden: &Hidden) -> Vec<(&'static str, Answer)> {
    let (import, done) = (format!("{PATH}/{}", hidden.import), format!("{PATH}/{}", hidden.done));
    let mut found = vec![
        ("/ressourcen/importe", client.get(PATH).await),
        ("/ressourcen/importe/{id}", client.get(&import).await),
        ("/ressourcen/importe/{id}", client.get(&done).await),
        ("/ressourcen/importe/{id}/befunde.csv", client.get(&format!("{import}/befunde.csv")).await),
        ("/ressourcen/importe/{id}/befunde.csv", client.get(&format!("{done}/befunde.csv")).await),
        ("/ressourcen/importe/{id}/ausgelassen.csv", client.get(&format!("{done}/ausgelassen.csv")).await),
        ("/ressourcen/importe/{id}/ausgelassen.xlsx", client.get(&format!("{done}/ausgelassen.xlsx")).await),
        ("/ressourcen/wartende/{id}", client.get(&format!("/ressourcen/wartende/{}", hidden.waiting)).await),
        ("/faelle/{id}/passendes", client.get(&format!("/faelle/{}/passendes", hidden.case)).await),
    ];
    if who.is_empty() {
        return found;
    }
    let words = [("words", "stichwort")];
    found.push((
        "POST /faelle/{id}/passendes",
        client.post(&format!("/faelle/{}/passendes", hidden.case), &words).await,
    ));
    let asked = Some(json!({"words": "stichwort"}));
    let matches = format!("/api/v1/cases/{}/matches", hidden.case);
    found.push(("POST /api/v1/cases/{id}/matches", client.api(Method::POST, &matches, asked).await));
    for id in [&hidden.import, &hidden.done] {
        let path = format!("/api/v1/imports/{id}");
        found.push(("/api/v1/imports/{id}", client.api(Method::GET, &path, None).await));
    }
    found
}

/// What is written in an answer: packed ones are unpacked.
pub fn words_of(answer: &Answer) -> String {
    let Ok(mut packed) = zip::ZipArchive::new(Cursor::new(&answer.bytes)) else { return answer.text() };
    let mut all = String::new();
    for at in 0..packed.len() {
        let mut bytes = Vec::new();
        packed.by_index(at).unwrap().read_to_end(&mut bytes).unwrap();
        all.push_str(&String::from_utf8_lossy(&bytes));
    }
    all
}
