// SPDX-License-Identifier: EUPL-1.2
//! What a letter may not leave with, consents, what was asked of others, and what finance writes; on both engines.

use crate::ending::decides_on;
use crate::letters::{answers, begins, both, family, has_a_house};
use crate::main_job::{commissions, option};
use crate::town::Town;
use axum::http::Method;
use serde_json::json;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w30_no_refusal_for_lack_of_cooperation_without_a_written_notice() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        has_a_house(&town).await;
        let to = format!("person:{ayse}");
        let (malik, letter) = (town.as_("malik").await, begins(&marta, &case, "not-cooperated", &to).await);
        let page = format!("/briefe/{letter}");
        let words = [
            ("tag", "2026-11-02"),
            ("frist", "2026-11-16"),
            ("inhalt", "Die Hilfe."),
            ("gruende", "Ohne die Unterlagen geht es nicht."),
        ];
        answers(&marta, &letter, &words).await.is(303);
        marta.get(&page).await.shows("§ 66 Abs. 3 SGB I").shows("noch keine „Bitte um Mitwirkung");
        let refused = malik.post(&format!("{page}/freigeben"), &[("rev", "2")]).await;
        refused.is(422).shows("warum der Brief trotz der Warnung hinausgeht");
        // The notice leaves; until its period is over the warning stays.
        let notice = begins(&marta, &case, "cooperation", &to).await;
        let asked = [("inhalt", "Das Zeugnis"), ("frist", "2026-11-30"), ("folgen", "Wir versagen die Leistung.")];
        answers(&marta, &notice, &asked).await.is(303);
        let at = format!("/briefe/{notice}");
        marta.fill(&at, &format!("{at}/freigeben"), &[]).await.is(303);
        marta.get(&page).await.shows("noch keine „Bitte um Mitwirkung");
        marta.fill(&at, &format!("{at}/versand"), &[("sent_on", "2026-11-20"), ("way", "handed")]).await.is(303);
        marta.get(&page).await.shows("noch nicht abgelaufen");
        let december = town.later("malik", "2026-12-01T09:00").await;
        december.get(&page).await.hides("noch nicht abgelaufen").hides("noch keine „Bitte um Mitwirkung");
        // With a reason it leaves all the same, and the reason stays with it.
        let anyway = [("rev", "2"), ("anyway", "Der Hinweis steht im Vermerk vom 02.11.")];
        malik.post(&format!("{page}/freigeben"), &anyway).await.is(303);
        marta.get(&page).await.shows("Trotzdem freigegeben").shows("Vermerk vom 02.11.");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w31_a_consent_that_ended_warns_before_anything_leaves() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        let page = format!("/faelle/{case}/einwilligungen");
        let consent = [
            ("giver", ayse.as_str()),
            ("released", "Praxis Dr. Sonne"),
            ("towards", "Jugendamt Musterhafen"),
            ("data", "Ergebnisse der Untersuchung"),
            ("purpose", "Stellungnahme nach § 35a"),
            ("given_on", "2026-11-20"),
            ("until", "2026-12-31"),
            ("oral_why", ""),
        ];
        // No form is chosen beforehand (N24), and a consent that was only said needs its circumstances.
        marta.fill(&page, &page, &consent).await.is(422).shows("Ergebnisse der Untersuchung");
        let said_only = [&consent[..], &[("form", "oral")]].concat();
        marta.fill(&page, &page, &said_only).await.is(422).shows("nur unter besonderen Umständen");
        let written = [&consent[..], &[("form", "written")]].concat();
        marta.fill(&page, &page, &written).await.is(303);
        marta.get(&page).await.shows("Praxis Dr. Sonne").shows(">gilt<");
        let body = json!({"kind": "opinion-request", "to_name": "Praxis Dr. Sonne", "to_address": "Kai 1"});
        let made = marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(body)).await;
        let letter = made.is(201).json()["id"].as_str().unwrap().to_owned();
        let at = format!("/briefe/{letter}");
        marta.get(&at).await.hides("keine Einwilligung festgehalten").hides("abgelaufen oder widerrufen");
        // It ends by itself …
        town.later("marta", "2027-01-04T09:00").await.get(&at).await.shows("abgelaufen oder widerrufen");
        // … and by a word.
        let shown = marta.get(&page).await.text();
        let id = option(&shown, "Ayşe Demir → Jugendamt Musterhafen");
        let word = [("consent", id.as_str()), ("revoked_on", "2026-11-20"), ("revoked_words", "Doch nicht.")];
        marta.fill(&page, &format!("{page}/widerruf"), &word).await.is(303);
        marta.get(&page).await.shows("widerrufen").shows("Doch nicht.");
        marta.get(&at).await.shows("abgelaufen oder widerrufen");
        answers(&marta, &letter, &[("inhalt", "F 9?"), ("tag", "2026-11-20"), ("frist", "2026-12-04")]).await.is(303);
        marta.post(&format!("{at}/freigeben"), &[("rev", "2")]).await.is(422).shows("trotz der Warnung");
        let other = json!({"kind": "opinion-request", "to_name": "Klinik", "to_address": ""});
        let made = marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(other)).await;
        let none = made.is(201).json()["id"].as_str().unwrap().to_owned();
        marta.get(&format!("/briefe/{none}")).await.shows("keine Einwilligung festgehalten");
        for stranger in ["heike", "fiona", "lotse"] {
            let client = town.as_(stranger).await;
            assert!(matches!(client.get(&page).await.status.as_u16(), 403 | 404), "{stranger}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn w32_what_was_asked_of_others_has_a_ground_and_the_person_learns_of_it() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, leyla, _) = family(&marta).await;
        let page = format!("/faelle/{case}/einwilligungen");
        let asked = [
            ("person", leyla.as_str()),
            ("source", "Grundschule am Hafen"),
            ("data", "Fehltage im Herbst"),
            ("purpose", "Einschätzung"),
            ("collected_on", "2026-11-19"),
            ("ground", ""),
        ];
        let collect = format!("/faelle/{case}/angaben");
        marta.fill(&page, &collect, &asked).await.is(422).shows("braucht es einen Grund").shows("Fehltage im Herbst");
        let why = [&asked[..], &[("no_ground_why", "Die Schule hat es von sich aus gesagt.")]].concat();
        marta.fill(&page, &collect, &why).await.is(303);
        marta.get(&page).await.shows("Ohne Grund nach § 62 Abs. 3 SGB VIII").shows("noch nicht unterrichtet");
        let all = marta.api(Method::GET, &format!("/api/v1/cases/{case}/consents"), None).await.json();
        let one = &all["collected"][0];
        assert!(one["ground"].is_null() && one["untold"] == json!(true), "{all}");
        let id = one["id"].as_str().unwrap().to_owned();
        let path = format!("/faelle/{case}/angaben/unterrichtung");
        marta.fill(&page, &path, &[("collection", id.as_str())]).await.is(422);
        marta.fill(&page, &path, &[("collection", id.as_str()), ("told_on", "2026-11-20")]).await.is(303);
        marta.get(&page).await.hides("noch nicht unterrichtet").shows("Unterrichtet am 20.11.2026");
        let danger = [&asked[..5], &[("ground", "danger")]].concat();
        marta.fill(&page, &collect, &danger).await.is(303);
        marta.get(&page).await.shows("§ 62 Abs. 3 Nr. 2 lit. d SGB VIII").shows("noch nicht unterrichtet");
        assert!(town.deeds().await.iter().any(|deed| deed.ends_with("collection-told")));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn finance_tells_parents_of_their_share_and_nobody_else_does() {
    both(async |town: Town| {
        town.plans("Nord", 100_000, 0).await;
        let (marta, fiona) = (town.as_("marta").await, town.as_("fiona").await);
        has_a_house(&town).await;
        let mut commission = Vec::new();
        for kind in ["31", "34"] {
            let (case, ..) = family(&marta).await;
            decides_on(&marta, &case, kind, "2027-08-31", "").await;
            commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
            let north = town.region("Nord").await;
            let list = fiona.get(&format!("/budget/zusagen?region={north}&jahr=2026&mittel=A")).await.text();
            let promise = list.split("href=\"/budget/zusagen/").nth(1).map(|rest| rest[..36].to_owned()).unwrap();
            let shown = fiona.get(&format!("/budget/zusagen/{promise}")).await;
            shown.shows("Mitteilung über den Kostenbeitrag");
            let id = shown.text().split("/kostenbeitraege/").nth(1).map(|rest| rest[..36].to_owned()).unwrap();
            commission.push((case, id));
        }
        let (case, home) = &commission[0];
        let page = format!("/kostenbeitraege/{home}");
        fiona.get(&page).await.is(200).shows("keinen Kostenbeitrag").hides("Mitteilung beginnen");
        fiona.get(&format!("/faelle/{case}")).await.is(404);
        let (case, group) = &commission[1];
        let page = format!("/kostenbeitraege/{group}");
        let ayse = option(&fiona.get(&page).await.text(), "Ayşe Demir");
        fiona.post(&format!("/kostenbeitraege/{home}"), &[("to", &ayse)]).await.is(422).shows("keinen Kostenbeitrag");
        for (who, status) in [("marta", 403), ("lotse", 404)] {
            town.as_(who).await.get(&page).await.is(status);
        }
        let body = json!({"kind": "contribution", "person": ayse});
        marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(body)).await.is(403);
        let letter = fiona.fill(&page, &page, &[("to", &ayse)]).await.id();
        let at = format!("/kostenbriefe/{letter}");
        let shown = fiona.get(&at).await;
        shown.is(200).shows("für den Unterhalt bedeutet").shows("Das fehlt noch");
        let text = option_text(&shown.text());
        let words = [("text", text.as_str()), ("inhalt", "Ihr Einkommen"), ("frist", "2026-12-14")];
        fiona.fill(&at, &at, &words).await.is(303);
        fiona.fill(&at, &format!("{at}/freigeben"), &[]).await.is(303);
        fiona.fill(&at, &format!("{at}/versand"), &[("sent_on", "2026-11-20"), ("way", "post")]).await.is(303);
        fiona.get(&at).await.shows("Kostenbeitrag frühestens ab 24.11.2026");
        assert!(fiona.get(&format!("{at}/pdf")).await.is(200).bytes.starts_with(b"%PDF-1.7"));
        // The team reads what parents were told and changes nothing of it.
        marta.get(&format!("/briefe/{letter}")).await.is(200);
        marta
            .get(&format!("/faelle/{case}/briefe"))
            .await
            .shows("Mitteilung über den Kostenbeitrag")
            .hides(">contribution<");
        fiona.get(&format!("/faelle/{case}/briefe")).await.is(404);
    })
    .await;
}

/// The text with placeholders out of its field, as a browser sends it.
fn option_text(html: &str) -> String {
    let field = html.split("name=\"text\"").nth(1).and_then(|rest| rest.split_once('>')).unwrap().1;
    let text = field.split("</textarea>").next().unwrap();
    text.replace("&#38;", "&").replace("&#34;", "\"").replace("&#39;", "'").trim_start_matches('\n').to_owned()
}
