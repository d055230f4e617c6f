// SPDX-License-Identifier: EUPL-1.2
//! Every door through which something of one family can be read, with the right thing behind each: case,
//! plan, letter, the agency's mandate, the family's link, a colleague's calendar. For stories of what must be in none.

use crate::client::{Answer, Client};
use crate::letters::begins;
use crate::main_job::{commissions, decides, option};
use crate::town::Town;
use axum::http::Method;

/// What stands in the place of `{id}` and `{token}`, by how the address begins.
pub struct Reach {
    places: Vec<(String, String)>,
}

impl Reach {
    /// Everything that leaves a case towards a family: a plan, a help, a letter that was begun, a link, a calendar.
    /// The case has a family (`explores`) and its office money (`Town::plans`).
    pub async fn of(town: &Town, worker: &Client, case: &str) -> Self {
        let plan = decides(worker, case).await;
        commissions(worker, case, "Lotse Jugendhilfe gGmbH", "900", "").await.is(303);
        let mandates = town.as_("lotse").await.get("/auftraege").await.text();
        let mandate = mandates.split("href=\"/auftraege/").nth(1).unwrap()[..36].to_owned();
        let mother = option(&worker.get(&format!("/faelle/{case}/wille")).await.text(), "Ayşe Demir");
        let letter = begins(worker, case, "invitation", &format!("person:{mother}")).await;
        let page = format!("/hilfeplaene/{plan}/familie");
        let given = [("given_to", "Ayşe Demir"), ("language", "tr"), ("ends_on", "2026-12-20")];
        let made = worker.fill(&page, &format!("{page}/links"), &given).await.is(200).text();
        let link = after(&made, "town.example/familie/", '<');
        let made = worker.fill("/kalender", "/kalender", &[]).await.is(200).text();
        let feed = after(&made, "town.example/kalender/", '/');
        let pairs = [
            ("/faelle/{id}", case),
            ("/api/v1/cases/{id}", case),
            ("/hilfeplaene/{id}", &plan),
            ("/api/v1/plans/{id}", &plan),
            ("/briefe/{id}", &letter),
            ("/api/v1/letters/{id}", &letter),
            ("/auftraege/{id}", &mandate),
            ("/familie/{token}", &link),
            ("/kalender/{token}", &feed),
        ];
        Self { places: pairs.map(|(form, id)| (form.to_owned(), id.to_owned())).into() }
    }

    /// The addresses that can be read: those of this family, and those that name nothing.
    pub fn addresses(&self) -> Vec<String> {
        let routes = web::listing().into_iter().filter(|route| route.method == "GET");
        routes.filter_map(|route| self.address(route.path)).collect()
    }

    fn address(&self, path: &str) -> Option<String> {
        let filled = self.places.iter().find(|(form, _)| path.starts_with(form)).map(|(form, id)| {
            let open = form.find('{').unwrap_or(form.len());
            format!("{}{id}{}", &form[..open], &path[form.len()..])
        });
        filled.or_else(|| Some(path.to_owned())).filter(|address| !address.contains('{'))
    }

    /// How many of these addresses answered `who`; `look` sees every answer.
    pub async fn read_by(&self, who: &Client, look: impl Fn(&str, &Answer)) -> usize {
        let mut answered = 0;
        for address in self.addresses() {
            let answer = match address.starts_with("/api/") {
                true => who.api(Method::GET, &address, None).await,
                false => who.get(&address).await,
            };
            look(&address, &answer);
            answered += usize::from(answer.status == 200);
        }
        answered
    }
}

fn after(text: &str, mark: &str, end: char) -> String {
    text.split(mark).nth(1).and_then(|rest| rest.split(end).next()).unwrap().to_owned()
}
