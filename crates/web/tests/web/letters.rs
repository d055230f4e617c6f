// SPDX-License-Identifier: EUPL-1.2
//! Letters through the pages and the API, on both engines: a decision from template to post, the reporter's feedback
//! and nothing beside it, a protected address that stays so, templates an office changes, reminders.

use crate::client::Client;
use crate::main_job::{decides, explores, opens, option};
use crate::town::{Engine, Town};
use axum::http::Method;
use serde_json::json;

pub async fn both(story: impl AsyncFn(Town)) {
    story(Town::new(Engine::Sqlite).await).await;
    story(Town::new(Engine::Postgres).await).await;
}

const HOUSE: [(&str, &str); 6] = [
    ("contact", "Rathausplatz 1, 22844 Musterhafen\nTelefon 04321 100"),
    ("remedy", "objection"),
    ("objection_at", "Stadt Musterhafen, Rathausplatz 1, 22844 Musterhafen"),
    ("ombuds", "Ombudsstelle Musterland, Telefon 04321 999"),
    ("officer", "datenschutz@musterhafen.example"),
    ("eyes", "acts"),
];

pub async fn has_a_house(town: &Town) {
    let lena = town.as_("lena").await;
    lena.fill("/verwaltung/briefe", "/verwaltung/briefe", &HOUSE).await.is(303);
}

/// A case with a family and a plan; answers case, the child, the mother.
pub async fn family(marta: &Client) -> (String, String, String) {
    let case = opens(marta).await;
    explores(marta, &case).await;
    let will = marta.get(&format!("/faelle/{case}/wille")).await.text();
    let (leyla, ayse) = (option(&will, "Leyla Demir"), option(&will, "Ayşe Demir"));
    let role = [("child", leyla.as_str()), ("kind", "custody"), ("holder", ayse.as_str()), ("proof", "told")];
    marta.fill(&format!("/faelle/{case}/menschen"), &format!("/faelle/{case}/rollen"), &role).await.is(303);
    (case, leyla, ayse)
}

pub async fn begins(marta: &Client, case: &str, kind: &str, to: &str) -> String {
    let page = format!("/faelle/{case}/briefe");
    marta.fill(&page, &page, &[("kind", kind), ("to", to)]).await.id()
}

/// Answers what a letter asks; the text goes along as it stands, as a browser sends it.
pub async fn answers(worker: &Client, letter: &str, fields: &[(&str, &str)]) -> crate::client::Answer {
    let kept = worker.api(Method::GET, &format!("/api/v1/letters/{letter}"), None).await.json();
    let page = format!("/briefe/{letter}");
    let all = [&[("text", kept["text"].as_str().unwrap())][..], fields].concat();
    worker.fill(&page, &page, &all).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_goes_from_the_template_to_the_post_by_four_eyes() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        let stay = [("person", ayse.as_str()), ("place", "Lindenweg 12, 22844 Musterhafen"), ("from", "01.10.2026")];
        marta.fill(&format!("/faelle/{case}/menschen"), &format!("/faelle/{case}/wohnorte"), &stay).await.is(303);
        let to = format!("person:{ayse}");
        let letter = begins(&marta, &case, "grant", &to).await;
        let page = format!("/briefe/{letter}");
        let release = format!("{page}/freigeben");
        // Without a decision, without a remedy: nothing goes out, and it is said why.
        marta
            .get(&page)
            .await
            .is(200)
            .shows("Das fehlt noch")
            .shows("Rechtsbehelf: Wo er eingelegt wird")
            .hides("eine zweite Person");
        let malik = town.as_("malik").await;
        malik
            .fill(&page, &release, &[])
            .await
            .is(422)
            .shows("Ohne Rechtsbehelfsbelehrung")
            .shows("Entscheidung über die Hilfe");
        decides(&marta, &case).await;
        has_a_house(&town).await;
        // Reasons that were proposed stand in a letter that is begun after the decision.
        let again = begins(&marta, &case, "grant", &to).await;
        marta.get(&format!("/briefe/{again}")).await.shows("braucht Begleitung auf Zeit");
        marta.fill(&format!("/briefe/{again}"), &format!("/briefe/{again}/verwerfen"), &[]).await.is(303);
        marta.get(&format!("/briefe/{again}")).await.is(404);
        let words = [("gruende", "Sie wollen es selbst schaffen.\r\n\r\nDabei begleiten wir Sie {rechtsbehelf}.")];
        answers(&marta, &letter, &words).await.is(303);
        marta
            .get(&page)
            .await
            .shows("Guten Tag Ayşe Demir,")
            .shows("Lindenweg 12, 22844 Musterhafen")
            .shows("Sozialpädagogische Familienhilfe")
            .shows("§ 31 SGB VIII")
            .shows("7,5 Stunden in der Woche")
            .shows("begleiten wir Sie {rechtsbehelf}.")
            .shows("Stadt Musterhafen, Rathausplatz 1")
            .hides("Klage erheben")
            .hides("Das fehlt noch");
        is_released_by_another(&town, &letter).await;
        is_posted(&town, &case, &letter).await;
        assert!(matches!(town.chain().await, app::audit::Chain::Whole(_)));
    })
    .await;
}

/// The text keeps its parts of the law, and a second person releases it once.
async fn is_released_by_another(town: &Town, letter: &str) {
    let (marta, malik) = (town.as_("marta").await, town.as_("malik").await);
    let page = format!("/briefe/{letter}");
    let release = format!("{page}/freigeben");
    // A part of the law is not struck out, a placeholder not invented; what was typed stays.
    let text = marta.api(Method::GET, &format!("/api/v1/letters/{letter}"), None).await.json();
    let text = text["text"].as_str().unwrap().to_owned();
    let wrong = text.replace("{rechtsbehelf}", "{rechtsmittel}");
    marta
        .fill(&page, &page, &[("text", &wrong)])
        .await
        .is(422)
        .shows("{rechtsmittel}")
        .shows("den es nicht gibt")
        .shows("den das Gesetz verlangt");
    // The writer alone cannot release; the second person can, once.
    marta.get(&page).await.shows("Zur Freigabe vorlegen").hides("Brief freigeben</span>");
    marta.post(&release, &[("rev", "2")]).await.is(422).shows("gibt eine zweite Person frei");
    marta.fill(&page, &format!("{page}/vorlegen"), &[]).await.is(303);
    malik.post(&release, &[("rev", "1")]).await.is(409);
    malik.fill(&page, &release, &[]).await.is(303);
    malik.get(&page).await.shows("Freigegeben von Malik Beispiel");
    marta.post(&page, &[("rev", "2"), ("text", &text)]).await.is(422).shows("bleibt, wie er ist");
    marta.post(&format!("{page}/verwerfen"), &[]).await.is(422);
    // What a template says later changes nothing in it.
    let lena = town.as_("lena").await;
    let other = text.replace("wir haben über die Hilfe", "neue Worte über die Hilfe");
    let kept = [("text", other.as_str()), ("valid_from", "2026-11-20")];
    lena.fill("/verwaltung/briefe/grant", "/verwaltung/briefe/grant", &kept).await.is(303);
    marta.get(&page).await.shows("wir haben über die Hilfe").hides("neue Worte");
}

/// It is sent once, by a day that starts the clock, and nobody else ever reads it.
async fn is_posted(town: &Town, case: &str, letter: &str) {
    let marta = town.as_("marta").await;
    let page = format!("/briefe/{letter}");
    // Posted on Friday: known on the fourth day, the month runs from there, and stands among the deadlines.
    let send = format!("{page}/versand");
    marta
        .fill(&page, &send, &[("sent_on", "19.11.2026"), ("way", "post")])
        .await
        .is(422)
        .shows("nicht vor seiner Freigabe");
    marta.fill(&page, &send, &[("sent_on", "21.11.2026"), ("way", "post")]).await.is(422).shows("erst ein, wenn");
    marta.fill(&page, &send, &[("sent_on", "20.11.2026"), ("way", "post")]).await.is(303);
    marta.get(&page).await.shows("gilt am 24.11.2026 als bekannt gegeben").shows("endet mit dem 24.12.2026");
    marta.post(&send, &[("sent_on", "2026-11-20"), ("way", "post")]).await.is(422);
    marta.get(&format!("/faelle/{case}/fristen")).await.shows("Widerspruch gegen den Bescheid").shows("Bis 24.12.2026");
    let paper = marta.get(&format!("{page}/pdf")).await;
    assert!(paper.is(200).bytes.starts_with(b"%PDF-1.7"));
    says_the_same(&marta, letter, &paper.bytes).await;
    for stranger in ["heike", "fiona", "greta", "lotse", "ankerteam"] {
        let client = town.as_(stranger).await;
        for path in [page.clone(), format!("{page}/pdf"), format!("/faelle/{case}/briefe")] {
            assert!(matches!(client.get(&path).await.status.as_u16(), 403 | 404), "{stranger} {path}");
        }
    }
    for deed in ["letter-begun", "letter-changed", "letter-offered", "letter-released", "letter-dispatched"] {
        assert!(town.deeds().await.iter().any(|line| line.ends_with(deed)), "{deed}");
    }
}

/// With `pdftotext` at hand: the paper has every word of the page.
async fn says_the_same(marta: &Client, letter: &str, pdf: &[u8]) {
    let file = std::env::temp_dir().join(format!("sozialraum-letter-{letter}.pdf"));
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output();
    std::fs::remove_file(&file).unwrap();
    let Ok(read) = read else { return };
    let plain = |text: &str| -> String { text.replace(['-', '\u{ad}'], "").split_whitespace().collect() };
    let pages = String::from_utf8_lossy(&read.stdout).into_owned();
    let foot = |line: &&str| !line.trim_start().starts_with("Jugendamt Musterhafen ");
    let said = plain(&pages.lines().filter(foot).collect::<Vec<_>>().join("\n"));
    let kept = marta.api(Method::GET, &format!("/api/v1/letters/{letter}"), None).await.json();
    for block in kept["blocks"].as_array().unwrap() {
        let texts = [&block["heading"], &block["paragraph"]].into_iter().chain(block["points"].as_array().unwrap());
        for words in texts.filter_map(|text| text.as_str()) {
            assert!(said.contains(&plain(words)), "„{words}“ is not on the paper:\n{pages}");
        }
    }
}

/// The words are fixed, on the page, past the page, and for the template.
async fn has_fixed_words(town: &Town, letter: &str) {
    let marta = town.as_("marta").await;
    let at = format!("/briefe/{letter}");
    let body = marta.api(Method::GET, &format!("/api/v1/letters/{letter}"), None).await.json();
    let more = format!("{}\n\nDie Mutter heißt Demir.", body["text"].as_str().unwrap());
    marta.post(&at, &[("rev", "1"), ("text", &more)]).await.is(422).shows("Der Text dieses Briefs steht fest");
    let lena = town.as_("lena").await;
    for told in ["{familie}", "{kinder}", "{inhalt}", "{gruende}", "{hilfe}", "{aktenzeichen}"] {
        let sent = json!({ "kind": "reporter-feedback", "valid_from": "2026-11-20",
            "text": format!("{}\n\n{told}", body["text"].as_str().unwrap()) });
        let answer = lena.api(Method::POST, "/api/v1/letter-templates", Some(sent)).await;
        answer.is(422).shows("letter.field_not_allowed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reporter_is_told_the_facts_and_nothing_beside_them() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let report = [
            ("received", "2026-11-19T16:30"),
            ("channel", "phone"),
            ("said", "Blaue Flecken am Arm von Leyla."),
            ("place", "Lindenweg 12"),
            ("danger", "signs"),
            ("family", "Demir"),
            ("reporter", "health"),
            ("reporter_name", "Dr. Renate Praxis"),
            ("reporter_contact", "Hafenweg 3"),
        ];
        let report = marta.fill("/eingang/neu", "/eingang/neu", &report).await.id();
        let taken = marta.get(&format!("/eingang/{report}")).await.text();
        let case = taken.split("/faelle/").nth(1).map(|rest| rest[..36].to_owned()).unwrap();
        let page = format!("/faelle/{case}/briefe");
        let to = format!("report:{report}");
        marta
            .fill(&page, &page, &[("kind", "reporter-feedback"), ("to", &to)])
            .await
            .is(422)
            .shows("halten Sie zuerst bei der Meldung");
        let facts = [
            ("confirmed", "yes"),
            ("became_active", "yes"),
            ("still_active", "no"),
            ("family_told", "protection"),
            ("told_on", "20.11.2026"),
        ];
        marta.post(&format!("/eingang/{report}/rueckmeldung"), &facts).await.is(303);
        let letter = begins(&marta, &case, "reporter-feedback", &to).await;
        let at = format!("/briefe/{letter}");
        let text = marta.get(&at).await.text();
        let shown =
            text.split("<article class=\"letter-paper paper\">").nth(1).unwrap().split("</article>").next().unwrap();
        assert!(shown.contains("bestätigt? Ja") && shown.contains("noch tätig? Nein") && shown.contains("19.11.2026"));
        for secret in ["Demir", "Leyla", "Lindenweg", "Flecken", "Praxis", "Hafenweg", "2026-0", "Hafen</"] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
        has_fixed_words(&town, &letter).await;
        marta.fill(&at, &format!("{at}/freigeben"), &[]).await.is(303);
        // Whoever reported is printed for a reason only, which stays on record.
        marta.get(&at).await.hides("Dr. Renate Praxis").hides("Hafenweg 3");
        marta.fill(&at, &format!("{at}/anschrift"), &[("seal_reason", "")]).await.is(422);
        let printed = marta.fill(&at, &format!("{at}/anschrift"), &[("seal_reason", "Rückmeldung nach § 4 KKG")]).await;
        assert!(printed.is(200).bytes.starts_with(b"%PDF-1.7"));
        assert!(town.deeds().await.iter().any(|deed| deed.ends_with("reporter-seen")));
        // A neighbour is told nothing, whatever somebody tries.
        let other = opens(&marta).await;
        let list = format!("/faelle/{other}/briefe");
        marta.get(&list).await.hides("Meldende Stelle (");
        marta.post(&list, &[("kind", "reporter-feedback"), ("to", &to)]).await.is(422);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_protected_address_is_on_no_letter_but_for_a_reason() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        has_a_house(&town).await;
        let people = format!("/faelle/{case}/menschen");
        let stay = [("person", ayse.as_str()), ("place", "Ginsterweg 7"), ("from", "01.10.2026")];
        marta.fill(&people, &format!("/faelle/{case}/wohnorte"), &stay).await.is(303);
        let letter = begins(&marta, &case, "invitation", &format!("person:{ayse}")).await;
        let page = format!("/briefe/{letter}");
        let words = [("termin", "Montag, 15 Uhr"), ("ort", "Rathaus")];
        answers(&marta, &letter, &words).await.is(303);
        marta.fill(&page, &format!("{page}/freigeben"), &[]).await.is(303);
        marta.get(&page).await.shows("Ginsterweg 7");
        let seal = [
            ("person", ayse.as_str()),
            ("place", "Ginsterweg 7, 22844 Musterhafen"),
            ("reason", "register"),
            ("why", "Bedrohung durch den früheren Partner."),
            ("review_on", "20.11.2027"),
        ];
        marta.fill(&people, &format!("/faelle/{case}/schutzadressen"), &seal).await.is(303);
        // Also what was released before does not show it any more.
        for door in [page.clone(), format!("/api/v1/letters/{letter}"), format!("/faelle/{case}/briefe")] {
            marta.get(&door).await.is(200).hides("Ginster");
        }
        marta.get(&page).await.shows("Die Anschrift ist geschützt");
        // Nor can it be typed into another.
        let next = begins(&marta, &case, "invitation", &format!("person:{ayse}")).await;
        let at = format!("/briefe/{next}");
        marta.get(&at).await.hides("Ginster");
        let told = [("termin", "Montag"), ("ort", "im Ginsterweg 7")];
        answers(&marta, &next, &told).await.is(422).shows("verrät eine geschützte Anschrift");
        marta.fill(&page, &format!("{page}/anschrift"), &[("seal_reason", "")]).await.is(422);
        let printed =
            marta.fill(&page, &format!("{page}/anschrift"), &[("seal_reason", "Versand der Einladung")]).await;
        assert!(printed.is(200).bytes.starts_with(b"%PDF-1.7"));
        marta.get(&people).await.shows("Versand der Einladung").hides("Ginster");
        let dana = town.as_("heike").await;
        assert!(dana.post(&format!("{page}/anschrift"), &[("seal_reason", "x")]).await.status.as_u16() >= 403);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_changes_a_template_and_gets_ours_back() {
    both(async |town: Town| {
        let (lena, marta) = (town.as_("lena").await, town.as_("marta").await);
        let (case, _, ayse) = family(&marta).await;
        marta.get("/verwaltung/briefe").await.is(404);
        let path = "/verwaltung/briefe/invitation";
        lena.get(path)
            .await
            .is(200)
            .shows("Guten Tag Kim Beispiel,")
            .shows("§ 36 Abs. 2 S. 2 SGB VIII")
            .shows("mitgelieferte");
        let own = "Betreff: Kommen Sie\n{anrede}\n\nAm {termin} in {ort}.\n\n{begleitung}\n\n{sprache}\n\n- {kontakt}";
        // Tried out: nothing is kept.
        let tried = lena.fill(path, &format!("{path}/probe"), &[("text", own)]).await;
        tried.is(200).shows("Am Montag, 07.12.2026, 15 Uhr in Rathausplatz 1");
        lena.get(path).await.shows("Bisher gilt der mitgelieferte Text");
        let wrong = own.replace("{begleitung}", "{begleitng}");
        lena.fill(path, path, &[("text", &wrong)])
            .await
            .is(422)
            .shows("Zeile 6: Den Platzhalter {begleitng} gibt es nicht. Meinten Sie {begleitung}?")
            .shows("Es fehlt: Recht auf Begleitung.")
            .shows("§ 13 Abs. 4 SGB X")
            .shows("Am {termin} in {ort}.");
        lena.fill(path, path, &[("text", own), ("valid_from", "19.11.2026")])
            .await
            .is(422)
            .shows("frühestens ab heute");
        lena.fill(path, path, &[("text", own), ("valid_from", "20.11.2026")]).await.is(303);
        lena.fill(path, path, &[("text", &own.replace("Kommen", "Bitte kommen")), ("valid_from", "01.12.2026")])
            .await
            .is(303);
        let letter = begins(&marta, &case, "invitation", &format!("person:{ayse}")).await;
        marta.get(&format!("/briefe/{letter}")).await.shows("Kommen Sie").hides("Bitte kommen");
        let december = town.later("marta", "2026-12-01T09:00").await;
        let letter = begins(&december, &case, "invitation", &format!("person:{ayse}")).await;
        december.get(&format!("/briefe/{letter}")).await.shows("Bitte kommen Sie");
        lena.fill(path, &format!("{path}/zurueck"), &[]).await.is(303);
        lena.get(path).await.shows("Ab 20.11.2026: mitgelieferter Text");
        let letter = begins(&marta, &case, "invitation", &format!("person:{ayse}")).await;
        marta.get(&format!("/briefe/{letter}")).await.shows("Einladung zum Hilfeplangespräch");
        // Every kind can be begun and read, and the API knows each with what a law demands.
        let all = lena.api(Method::GET, "/api/v1/letter-templates", None).await.json();
        let all = all["templates"].as_array().unwrap().clone();
        assert_eq!(all.len(), domain::letters::LetterKind::ALL.len());
        for one in all {
            let kind = one["kind"].as_str().unwrap();
            assert!(!one["demands"].as_array().unwrap().is_empty(), "{kind}");
            lena.get(&format!("/verwaltung/briefe/{kind}")).await.is(200).hides("«").hides("So kann die Vorlage nicht");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_letter_can_be_begun_and_printed() {
    both(async |town: Town| {
        let marta = town.as_("marta").await;
        let (case, _, ayse) = family(&marta).await;
        decides(&marta, &case).await;
        has_a_house(&town).await;
        for kind in domain::letters::LetterKind::ALL {
            let body = match kind.addressee() {
                domain::letters::Addressee::Person => json!({ "kind": kind.code(), "person": ayse }),
                domain::letters::Addressee::Outside => {
                    json!({ "kind": kind.code(), "to_name": "Klinik am Hafen", "to_address": "Kai 1\n22844 Musterhafen" })
                }
                domain::letters::Addressee::File => json!({ "kind": kind.code(), "file": true }),
                domain::letters::Addressee::Reporter => continue,
            };
            let made = marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(body)).await;
            if *kind == domain::letters::LetterKind::Contribution {
                made.is(403);
                continue;
            }
            let id = made.is(201).json()["id"].as_str().unwrap().to_owned();
            marta.get(&format!("/briefe/{id}")).await.is(200).hides("«");
            let paper = marta.get(&format!("/briefe/{id}/pdf")).await;
            assert!(paper.is(200).bytes.starts_with(b"%PDF-1.7"), "{}", kind.code());
        }
        let nobody = json!({ "kind": "invitation", "to_name": "Klinik" });
        marta.api(Method::POST, &format!("/api/v1/cases/{case}/letters"), Some(nobody)).await.is(422);
    })
    .await;
}
