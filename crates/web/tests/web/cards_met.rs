// SPDX-License-Identifier: EUPL-1.2
//! Two people on one card: nobody writes over the other, nothing typed is lost, and whoever comes second reads both.

use crate::cards::{add, card};
use crate::client::{Answer, Client};
use crate::town::{Engine, Town};

const ABOUT: &str = "Montags malen. Eintritt frei.";

fn hidden(page: &Answer, name: &str) -> String {
    let text = page.text();
    let value = text.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    value.replace("&#38;", "&").replace("&amp;", "&")
}

async fn saves(worker: &Client, id: &str, shown: &Answer, more: &[(&str, &str)]) -> Answer {
    let (seen, before) = (hidden(shown, "seen"), hidden(shown, "before"));
    let mut fields = card("Malgruppe", &[("about", ABOUT)]);
    fields.retain(|(field, _)| more.iter().all(|(other, _)| other != field));
    fields.extend_from_slice(more);
    fields.extend([("seen", seen.as_str()), ("before", before.as_str())]);
    worker.post(&format!("/ressourcen/{id}/aendern"), &fields).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_on_one_card_lose_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::new(engine).await;
        let (marta, konrad) = (town.as_("marta").await, town.as_("konrad").await);
        let id = add(&marta, &card("Malgruppe", &[("about", ABOUT)])).await;
        let path = format!("/ressourcen/{id}/aendern");
        let (hers, his) = (marta.get(&path).await, konrad.get(&path).await);
        let ours = [("contact", "040 1234"), ("about", "Dienstags malen. Eintritt frei.")];
        saves(&marta, &id, &hers, &ours).await.is(303);
        // Other sentence, other field: both go together, and are shown before they are saved.
        let mine = [("about", "Montags malen. Eintritt ein Euro."), ("conditions", "Ab sechs")];
        let met = saves(&konrad, &id, &his, &mine).await;
        met.is(422).shows("Jemand hat gleichzeitig geschrieben").shows("Sie haben Verschiedenes geändert");
        met.shows("Dienstags malen. Eintritt ein Euro.").shows("040 1234").shows("Ab sechs");
        konrad.get(&format!("/ressourcen/{id}")).await.hides("Eintritt ein Euro").shows("Dienstags malen.");
        let both =
            [("about", "Dienstags malen. Eintritt ein Euro."), ("contact", "040 1234"), ("conditions", "Ab sechs")];
        saves(&konrad, &id, &met, &both).await.is(303);
        marta.get(&format!("/ressourcen/{id}")).await.shows("Eintritt ein Euro").shows("040 1234");
        // The same field: both are shown, what was typed stays in the form.
        let (hers, his) = (marta.get(&path).await, konrad.get(&path).await);
        let one = [both[0], ("contact", "040 5555"), both[2]];
        let other = [both[0], ("contact", "040 6666"), both[2]];
        saves(&marta, &id, &hers, &one).await.is(303);
        let met = saves(&konrad, &id, &his, &other).await;
        met.is(422).shows("beide dasselbe geändert").shows("040 5555").shows("value=\"040 6666\"");
        saves(&konrad, &id, &met, &other).await.is(303);
        marta.get(&format!("/ressourcen/{id}")).await.shows("040 6666");
        // Without what was seen nobody is asked, as before; with a card that is wrong the mistakes come first.
        saves(&konrad, &id, &met, &[("name", "")]).await.is(422).hides("gleichzeitig");
    }
}
