// SPDX-License-Identifier: EUPL-1.2
//! A family whose child needs integration help: from the call through application, opinion, clock, decision and
//! commission to the end of the help.

use crate::agreements::later;
use crate::ending::{decides_on, ends, its_day_comes, takes};
use crate::main_job::{commissions, explores, opens, option};
use crate::town::{Engine, Town};

async fn whole(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/teilhabe");
    marta.fill(&page, &page, &[("received_on", "2026-11-09"), ("words", "Schulbegleitung")]).await.is(303);
    // Two weeks for the competence, three for the decision; the opinion moves the clock to two weeks after it.
    marta.get(&page).await.shows("Bis 23.11.2026").shows("Bis 30.11.2026");
    let which = option(&marta.get(&page).await.text(), "09.11.2026: Schulbegleitung");
    takes(&marta, &case, &which, ["opinion-ordered", "2026-11-12", "Praxis Dr. Sonne"]).await.is(303);
    takes(&marta, &case, &which, ["opinion-received", "2026-11-20", ""]).await.is(303);
    marta.get(&page).await.shows("Bis 04.12.2026").shows("§ 14 Abs. 2 S. 3 SGB IX");
    decides_on(&marta, &case, "35a", "2027-11-30", &which).await;
    marta.get(&page).await.shows("entschieden").shows("Es läuft keine Frist.");
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
    marta.get(&format!("/faelle/{case}")).await.shows("Hilfe läuft");
    town.as_("lotse").await.get("/auftraege").await.shows("2026-0001");
    let summer = later(&town, "2027-06-15", "marta").await;
    ends(&summer, &case, &[("ended_on", "2027-06-30"), ("talk_on", "2027-06-15")]).await.is(303);
    assert_eq!(its_day_comes(&town, "2027-07-01T00:01").await, 1);
    summer.get(&format!("/faelle/{case}")).await.shows("Alle Hilfen sind beendet");
    summer.get(&page).await.shows("entschieden").shows("Es läuft keine Frist.");
    summer.get("/faelle?stand=ended").await.shows(&format!("/faelle/{case}\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn from_the_application_to_the_end_of_the_help() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        whole(engine).await;
    }
}
