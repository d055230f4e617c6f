// SPDX-License-Identifier: EUPL-1.2
//! What a letter tells of and whom it reaches, on both engines: one decision, certain children, custodians, a reporter
//! who goes home with the report, an address that was protected later.

use crate::client::Client;
use crate::ending::{decides_on, ends};
use crate::letters::{answers, begins, both, family, has_a_house};
use crate::main_job::{commissions, decides, opens, option};
use crate::protection::danger;
use crate::town::Town;
use axum::http::Method;
use serde_json::json;

/// The page's letter, without the choices beside it.
async fn said(worker: &Client, letter: &str) -> String {
    let text = worker.get(&format!("/briefe/{letter}")).await.text();
    let article = text.split("<article class=\"letter-paper paper\">").nth(1).unwrap();
    article.split("</article>").next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_tells_one_decision_and_names_the_children_it_concerns() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, leyla, ayse) = family(&marta).await;
        has_a_house(&town).await;
        let first = decides(&marta, &case).await;
        decides_on(&marta, &case, "29", "2027-11-30", "").await;
        let emil = [("name", "Emil Demir"), ("role", "child"), ("born", "2019-05-05")];
        marta.fill(&format!("/faelle/{case}/wille"), &format!("/faelle/{case}/personen"), &emil).await.is(303);
        let letter = begins(&marta, &case, "grant", &format!("person:{ayse}")).await;
        let page = format!("/briefe/{letter}");
        // Two helps, two children: nothing is guessed, and nothing leaves.
        marta
            .get(&page)
            .await
            .shows("Es kommen mehrere Entscheidungen infrage")
            .shows("Zum Fall gehören mehrere Kinder");
        let malik = town.as_("malik").await;
        answers(&marta, &letter, &[("gruende", "Sie haben es so gewollt.")]).await.is(303);
        let refused = malik.post(&format!("{page}/freigeben"), &[("rev", "2")]).await;
        refused.is(422).shows("Es kommen mehrere Entscheidungen infrage").hides("Für diesen Brief braucht es");
        let about = format!("plan:{first}");
        let chosen = [("about", about.as_str()), ("children", leyla.as_str())];
        marta.fill(&page, &format!("{page}/bezug"), &chosen).await.is(303);
        let text = said(&marta, &letter).await;
        assert!(text.contains("§ 31 SGB VIII") && !text.contains("§ 29 SGB VIII"), "{text}");
        malik.post(&format!("{page}/freigeben"), &[("rev", "2")]).await.is(409);
        malik.post(&format!("{page}/freigeben"), &[("rev", "3")]).await.is(303);
        // An invitation names the one child it is about.
        let body = json!({"kind": "invitation", "person": ayse, "children": [leyla]});
        let made = marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(body)).await;
        let invitation = made.is(201).json()["id"].as_str().unwrap().to_owned();
        let text = said(&marta, &invitation).await;
        assert!(text.contains("Leyla Demir") && !text.contains("Emil"), "{text}");
        // What belongs to another case is refused.
        let other = opens(&marta).await;
        let strange = json!({"kind": "grant", "person": ayse, "about": about});
        marta.api(Method::POST, &format!("/api/v1/cases/{other}/letters"), Some(strange)).await.is(422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_letter_that_ends_a_help_says_what_was_recorded_with_the_end() {
    both(async |town: Town| {
        town.plans("Nord", 100_000, 0).await;
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        decides(&marta, &case).await;
        commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
        let late = town.later("marta", "2027-06-01T10:00").await;
        let fields = [("ended_on", "2027-06-30"), ("talk_on", "2027-06-01")];
        ends(&late, &case, &fields).await.is(303);
        // The page where it happened offers the letter, with what it is about.
        let page = format!("/faelle/{case}/ende");
        let shown = late.get(&page).await;
        shown.shows("Bescheid: Ende der Hilfe");
        let about = shown.text().split("about=ending:").nth(1).map(|rest| rest[..36].to_owned()).unwrap();
        let list = format!("/faelle/{case}/briefe");
        let to = format!("person:{ayse}");
        let code = format!("ending:{about}");
        let new = [("kind", "end"), ("to", to.as_str()), ("about", code.as_str())];
        let letter = late.fill(&list, &list, &new).await.id();
        let text = said(&late, &letter).await;
        assert!(text.contains("Die Ziele sind erreicht.") && text.contains("30.06.2027"), "{text}");
        assert!(!text.contains("braucht Begleitung auf Zeit"), "why it was granted is no reason why it ends: {text}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_reaches_custodians_and_raises_its_month_also_when_handed_over() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, leyla, ayse) = family(&marta).await;
        has_a_house(&town).await;
        decides(&marta, &case).await;
        let list = format!("/faelle/{case}/briefe");
        let aunt = [("name", "Elif Kaya"), ("role", "relative"), ("born", "")];
        marta.fill(&format!("/faelle/{case}/wille"), &format!("/faelle/{case}/personen"), &aunt).await.is(303);
        let aunt = option(&marta.get(&list).await.text(), "Elif Kaya");
        for wrong in [format!("person:{leyla}"), aunt] {
            let new = [("kind", "grant"), ("to", wrong.as_str())];
            marta.fill(&list, &list, &new).await.is(422).shows("geht an die Person, für die er bestimmt ist");
        }
        // Not an act: she may be invited.
        let letter = begins(&marta, &case, "grant", &format!("person:{ayse}")).await;
        let page = format!("/briefe/{letter}");
        town.as_("malik").await.post(&format!("{page}/freigeben"), &[("rev", "1")]).await.is(303);
        marta.fill(&page, &format!("{page}/versand"), &[("sent_on", "2026-11-20"), ("way", "handed")]).await.is(303);
        // Known the same day; a month later is a Sunday.
        marta.get(&page).await.shows("gilt am 20.11.2026 als bekannt gegeben").shows("endet mit dem 21.12.2026");
        marta.get(&format!("/faelle/{case}/fristen")).await.shows("übergebenen Bescheid").shows("Bis 21.12.2026");
        // It stands among what happened, in plain words.
        let overview = marta.get(&format!("/faelle/{case}")).await;
        overview
            .shows("Brief freigegeben: Bescheid: Bewilligung")
            .shows("Brief persönlich übergeben: Bescheid: Bewilligung");
        // Parents learn what they can do against taking into care.
        let care = begins(&marta, &case, "care-parents", &format!("person:{ayse}")).await;
        assert!(said(&marta, &care).await.contains("Rechtsbehelfsbelehrung"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_released_letter_that_never_left_is_withdrawn_with_its_reason() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        let letter = begins(&marta, &case, "invitation", &format!("person:{ayse}")).await;
        let page = format!("/briefe/{letter}");
        answers(&marta, &letter, &[("termin", "Montag"), ("ort", "Rathaus")]).await.is(303);
        marta.post(&format!("{page}/zuruecknehmen"), &[("why", "Zu früh")]).await.is(422);
        marta.fill(&page, &format!("{page}/freigeben"), &[]).await.is(303);
        marta.fill(&page, &format!("{page}/zuruecknehmen"), &[("why", "")]).await.is(422);
        marta.fill(&page, &format!("{page}/zuruecknehmen"), &[("why", "Der Termin fällt aus.")]).await.is(303);
        marta.get(&page).await.shows("Der Termin fällt aus.").hides("Als versandt eintragen");
        let sent = [("sent_on", "2026-11-20"), ("way", "post")];
        marta.post(&format!("{page}/versand"), &sent).await.is(422).shows("ist zurückgenommen");
        marta.get(&format!("/faelle/{case}")).await.shows("Brief zurückgenommen: Einladung zum Hilfeplangespräch");
        // A note for the file is released and stays.
        let body = json!({"kind": "participation", "file": true});
        let made = marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(body)).await;
        let note = made.is(201).json()["id"].as_str().unwrap().to_owned();
        let words = [
            ("beteiligte", "Marta, Malik"),
            ("sicht", "Leyla will bleiben."),
            ("feststellung", "In der Schule nur mit Hilfe."),
            ("inhalt", "Die Tante."),
            ("gruende", "Beides zusammen."),
            ("tag", "2026-11-20"),
        ];
        answers(&marta, &note, &words).await.is(303);
        let at = format!("/briefe/{note}");
        marta.fill(&at, &format!("{at}/freigeben"), &[]).await.is(303);
        marta.get(&at).await.shows("bleibt in der Akte").shows("Zu den Akten").hides("Als versandt eintragen");
        marta.post(&format!("{at}/versand"), &sent).await.is(422).shows("bleibt in der Akte");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_written_before_an_address_was_protected_does_not_tell_it_after() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        let told = [("termin", "Montag"), ("ort", "bei Ihnen im Ginsterweg 7")];
        let to = format!("person:{ayse}");
        let (draft, released) =
            (begins(&marta, &case, "invitation", &to).await, begins(&marta, &case, "invitation", &to).await);
        for letter in [&draft, &released] {
            answers(&marta, letter, &told).await.is(303);
        }
        let at = format!("/briefe/{released}");
        marta.fill(&at, &format!("{at}/freigeben"), &[]).await.is(303);
        marta.get(&at).await.shows("Ginsterweg 7");
        let list = format!("/faelle/{case}/briefe");
        let outside = |address: &'static str| {
            [("kind", "opinion-request"), ("to", "outside"), ("to_name", "Praxis Dr. Sonne"), ("to_address", address)]
        };
        let early = marta.fill(&list, &list, &outside("Ginsterweg 7, 22844 Musterhafen")).await.id();
        let seal = [
            ("person", ayse.as_str()),
            ("place", "Ginsterweg 7, 22844 Musterhafen"),
            ("reason", "register"),
            ("why", "Bedrohung."),
            ("review_on", "20.11.2027"),
        ];
        let people = format!("/faelle/{case}/menschen");
        marta.fill(&people, &format!("/faelle/{case}/schutzadressen"), &seal).await.is(303);
        for letter in [&draft, &released, &early] {
            for door in [format!("/briefe/{letter}"), format!("/api/v1/letters/{letter}")] {
                marta.get(&door).await.is(200).hides("Ginster");
            }
        }
        // The draft cannot leave with it, and nothing new is begun towards it.
        marta.post(&format!("/briefe/{draft}/freigeben"), &[("rev", "2")]).await.is(422).shows("geschützte Anschrift");
        let late = marta.fill(&list, &list, &outside("Ginsterweg 7, 22844 Musterhafen")).await;
        late.is(422).shows("verrät eine geschützte Anschrift");
        marta.fill(&list, &list, &outside("Kai 1, 22844 Musterhafen")).await.is(303);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reporter_goes_home_when_two_cases_part_again() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let first = danger(&marta, "private").await;
        let later = town.later("marta", "2026-11-20T12:00").await;
        let second = danger(&later, "school").await;
        let page = format!("/faelle/{first}/rueckgaengig");
        let join = [("joined", second.as_str()), ("why", "Dieselben Kinder")];
        later.fill(&page, &format!("/faelle/{first}/verbinden"), &join).await.is(303);
        let list = format!("/faelle/{first}/briefe");
        let to = option(&later.get(&list).await.text(), "Meldende Stelle (");
        let report = to.strip_prefix("report:").unwrap().to_owned();
        let facts = [
            ("confirmed", "yes"),
            ("became_active", "yes"),
            ("still_active", "no"),
            ("family_told", "protection"),
            ("told_on", "20.11.2026"),
        ];
        later.post(&format!("/eingang/{report}/rueckmeldung"), &facts).await.is(303);
        let letter = later.fill(&list, &list, &[("kind", "reporter-feedback"), ("to", &to)]).await.id();
        let text = later.get(&page).await.text();
        let id = text.split("name=\"join\" value=\"").nth(1).unwrap()[..36].to_owned();
        later.fill(&page, &format!("/faelle/{first}/verbinden/ende"), &[("join", &id)]).await.is(303);
        let at = format!("/briefe/{letter}");
        later.get(&at).await.is(200).hides("bestätigt? Ja");
        let reason = [("seal_reason", "Rückmeldung nach § 4 KKG")];
        later.post(&format!("{at}/anschrift"), &reason).await.is(404);
        later.post(&format!("{at}/freigeben"), &[("rev", "1")]).await.is(422);
    })
    .await;
}
