// SPDX-License-Identifier: EUPL-1.2
//! A help is reviewed, gets less and ends, and its money follows; what comes after; an application for integration help
//! with its clock; a young adult who comes back; a case that goes to another office.

use crate::agreements::{a_planned_help, later};
use crate::client::Client;
use crate::main_job::{commissions, decides, explores, opens, option};
use crate::town::{Engine, Town, both};
use axum::http::Method;
use serde_json::json;

async fn money(town: &Town, day: &str, shows: &str) {
    let north = town.region("Nord").await;
    later(town, day, "fiona").await.get(&format!("/budget?region={north}&jahr=2026")).await.is(200).shows(shows);
}

/// The end of the only running help, as planned.
pub async fn ends(worker: &Client, case: &str, fields: &[(&str, &str)]) -> crate::client::Answer {
    let page = format!("/faelle/{case}/ende");
    let help = option(&worker.get(&page).await.text(), "§ ");
    let usual = [
        ("commission", help.as_str()),
        ("reason", "10"),
        ("stay", "01"),
        ("next", "6"),
        ("words", "Die Ziele sind erreicht."),
        ("remains", "Tante Elif holt dienstags ab."),
        ("talk_with", "Ayşe und Leyla Demir, Lotse"),
        ("family", "present"),
        ("stand", "agrees"),
        ("asks", "wanted"),
    ];
    let given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    let all: Vec<_> = usual.into_iter().filter(|(name, _)| !given(name)).chain(fields.iter().copied()).collect();
    // The reason for what is missing stands only in the form that says so.
    if given("gaps_reason") { worker.post(&page, &all).await } else { worker.fill(&page, &page, &all).await }
}

async fn reviewed_reduced_and_ended(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let fiona = town.as_("fiona").await;
    let (_, case, mandate) = a_planned_help(&town, &fiona).await;
    money(&town, "2026-12-14", "87.082,86").await;
    let marta = later(&town, "2026-12-15", "marta").await;
    is_reviewed(&marta, &case).await;
    gets_less(&town, &marta, &case).await;
    later(&town, "2026-12-16", "lotse").await.get(&format!("/auftraege/{mandate}")).await.is(200);
    let ended = ends_as_planned(&town, &case).await;
    is_taken_back(&town, &case, &ended).await;
    is_asked_and_comes_back(&town, &case).await;
    let deeds = town.deeds().await;
    for deed in ["help-reviewed", "help-stepped-down", "help-ended", "ending-taken-back", "followed-up", "came-back"] {
        assert!(deeds.iter().any(|done| done.contains(deed)), "{deed}");
    }
}

/// What was reached, what follows, when to look again.
async fn is_reviewed(marta: &Client, case: &str) {
    let page = format!("/faelle/{case}/ueberpruefung");
    marta.get(&page).await.is(200).shows("Leyla hat nachmittags einen festen Ort.").shows("value=\"15.03.2027\"");
    let review = [
        ("held_on", "2026-12-15"),
        ("with_whom", "Ayşe und Leyla Demir, Lotse"),
        ("outcome", "step-down"),
        ("words", "Drei Stunden reichen."),
        ("changed_will", "Ich will die Nachmittage selbst planen."),
        ("next_on", ""),
    ];
    marta.fill(&page, &page, &review).await.is(422).shows("braucht sie einen Tag").shows("Drei Stunden reichen.");
    let review = [&review[..5], &[("next_on", "2027-06-15")]].concat();
    // A will has a speaker, also when it changed; the one before stays as it was said.
    marta.fill(&page, &page, &review).await.is(422).shows("Ich will die Nachmittage selbst planen.");
    let leyla = option(&marta.get(&page).await.text(), "Leyla");
    let own = [("will_speaker", leyla.as_str()), ("will_own_part", "Ich schreibe mir einen Wochenplan.")];
    marta.fill(&page, &page, &[&review[..], &own].concat()).await.is(303);
    let will = marta.get(&format!("/faelle/{case}/wille")).await;
    will.shows("Ich will die Nachmittage selbst planen.").shows("Wochenplan").shows("Leyla gern zur Schule geht");
    marta.get(&page).await.shows("Ich will die Nachmittage selbst planen.").shows("weniger Hilfe");
    marta.get(&format!("/faelle/{case}/fristen")).await.shows("15.06.2027");
    let form = marta.get(&format!("/faelle/{case}/hilfeplan?fortschreiben=1")).await;
    form.shows("Begleitung zur Schule</textarea>");
}

/// Less from a day on: plan, commission and money in one step.
async fn gets_less(town: &Town, marta: &Client, case: &str) {
    let page = format!("/faelle/{case}/ueberpruefung");
    let help = option(&marta.get(&page).await.text(), "§ 31");
    let less = |quantity: &'static str| {
        [
            ("commission", help.as_str()),
            ("from", "2026-12-22"),
            ("quantity", quantity),
            ("reasons", "Die Familie plant die Nachmittage selbst."),
            ("professionals", "Marta Beispiel\nMalik Beispiel"),
            ("alternatives", "Malgruppe im Nachbarschaftshaus"),
            ("rights_told_on", "2026-12-15"),
            ("wish_answer", "not-voiced"),
            ("stand", "agrees"),
            ("child_heard", "Leyla will mehr Zeit für sich."),
            ("present", "Ayşe und Leyla Demir\nLotse"),
            ("sections", "goals"),
            ("review_on", "2027-06-15"),
            ("still_due", "990,00"),
        ]
    };
    let down = format!("/faelle/{case}/weniger");
    marta.fill(&page, &down, &less("5")).await.is(422).shows("nicht weniger als bisher");
    for key in ["heike", "fiona", "lotse"] {
        let status = town.as_(key).await.post(&down, &less("3")).await.status.as_u16();
        assert!([403, 404].contains(&status), "{key}: {status}");
    }
    marta.fill(&page, &down, &less("3")).await.is(303);
    let services = marta.get(&format!("/faelle/{case}/leistungen")).await;
    services.shows("3 Std./Woche × 66,00 €").shows("21.12.2026").shows("7.156,29");
    marta.get(&format!("/faelle/{case}/hilfeplan")).await.shows("Fassung 2");
    // 990 euros stay for what was rendered until the 21st, 7,156.29 are bound anew.
    money(town, "2026-12-16", "91.853,71").await;
}

/// It ends; what is not needed comes back; nothing is deleted. Answers the ending.
async fn ends_as_planned(town: &Town, case: &str) -> String {
    let marta = later(town, "2027-01-15", "marta").await;
    let bare = [("ended_on", "2027-01-31"), ("still_due", "400,00"), ("talk_on", "")];
    ends(&marta, case, &bare).await.is(422).shows("weshalb es keines gab");
    let whole = [("ended_on", "2027-01-31"), ("still_due", "400,00"), ("talk_on", "2027-01-15")];
    ends(&marta, case, &whole).await.is(303);
    let ended = marta.get(&format!("/faelle/{case}/ende")).await;
    ended.shows("Tante Elif holt dienstags ab.").shows("gemäß Hilfeplan").shows("6.756,29").shows("31.08.2027");
    // Announced ahead it changes nothing before its day: the help runs, its review stays due.
    ended.shows("endet am 31.01.2027");
    marta.get(&format!("/faelle/{case}")).await.shows("Hilfe läuft").hides("Alle Hilfen sind beendet");
    marta.get(&format!("/faelle/{case}/fristen")).await.shows("Hilfeplan überprüfen");
    assert_eq!(its_day_comes(town, "2027-01-31T23:59").await, 0);
    assert_eq!(its_day_comes(town, "2027-02-01T00:01").await, 1);
    assert_eq!(its_day_comes(town, "2027-02-01T00:02").await, 0);
    marta.get(&format!("/faelle/{case}")).await.shows("beendet").shows("Alle Hilfen sind beendet");
    crate::case_list::ended_stands_apart(&marta, case).await;
    money(town, "2027-01-16", "98.610,00").await;
    marta.get(&format!("/faelle/{case}/fristen")).await.shows("Nachschau: Hält es?").shows("31.07.2027");
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/endings"), None).await.json();
    assert_eq!(told["endings"][0]["reason"], "10");
    assert_eq!(told["endings"][0]["released_cents"], 675_629);
    told["endings"][0]["id"].as_str().unwrap().to_owned()
}

/// What the program does every night, at this moment.
pub async fn its_day_comes(town: &Town, moment: &str) -> usize {
    let app = town.app.at(domain::kernel::Moment::parse_local(moment).unwrap());
    app::casework::ending::take_effect(&app).await.unwrap()
}

/// Within thirty days the help runs on as granted, and its money is bound again.
async fn is_taken_back(town: &Town, case: &str, ended: &str) {
    let marta = later(town, "2027-02-10", "marta").await;
    let page = format!("/faelle/{case}/ende");
    let back = [("ending", ended), ("why", "Die Oma ist krank geworden.")];
    marta.fill(&page, &format!("{page}/zuruecknehmen"), &back).await.is(303);
    marta.get(&page).await.shows("Zurückgenommen am 10.02.2027");
    marta.get(&format!("/faelle/{case}")).await.shows("Hilfe läuft");
    money(town, "2027-02-11", "91.853,71").await;
    marta.post(&format!("{page}/zuruecknehmen"), &back).await.is(422).shows("schon zurückgenommen");
    let again = [("ended_on", "2027-02-28"), ("talk_on", "2027-02-10")];
    ends(&marta, case, &again).await.is(303);
    assert_eq!(its_day_comes(town, "2027-03-01T00:01").await, 1);
    money(town, "2027-02-11", "99.010,00").await;
}

/// Half a year later somebody asks; later the family comes back with one click.
async fn is_asked_and_comes_back(town: &Town, case: &str) {
    let (marta, page) = (later(town, "2027-08-30", "marta").await, format!("/faelle/{case}/ende"));
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/endings"), None).await.json();
    let which = told["endings"][0]["id"].as_str().unwrap().to_owned();
    let late = [("ending", which.as_str()), ("why", "Doch noch")];
    marta.post(&format!("{page}/zuruecknehmen"), &late).await.is(422).shows("länger als 30 Tage");
    let follow = format!("/api/v1/endings/{which}/follow-ups");
    let mute = json!({"held_on": "2027-08-30", "lasting": "yes"});
    marta.api(Method::POST, &follow, Some(mute)).await.is(422);
    let asked = [
        ("ending", which.as_str()),
        ("held_on", "2027-08-30"),
        ("with_whom", "Ayşe Demir"),
        ("lasting", "yes"),
        ("carries", "Tante Elif"),
    ];
    marta.fill(&page, &format!("/faelle/{case}/nachschau"), &asked).await.is(303);
    marta.get(&page).await.shows("Es tragen: Tante Elif");
    marta.fill(&page, &format!("/faelle/{case}/rueckkehr"), &[]).await.is(303);
    marta.get(&format!("/faelle/{case}")).await.shows("Erkundung");
    marta.get(&page).await.shows("Rückkehr am 30.08.2027").shows("Tante Elif holt dienstags ab.");
    marta.post(&format!("/faelle/{case}/rueckkehr"), &[]).await.is(422);
}

/// A decision on this help, without looking at what is missing.
pub async fn decides_on(worker: &Client, case: &str, kind: &str, until: &str, application: &str) {
    let fields = [
        ("granted", "granted"),
        ("kind", kind),
        ("from", "2026-12-01"),
        ("until", until),
        ("reasons", "Die Teilhabe ist beeinträchtigt."),
        ("review_on", "2027-03-01"),
        ("despite", "1"),
        ("application", application),
    ];
    worker.post(&format!("/faelle/{case}/entscheidung"), &fields).await.is(303);
}

/// A step of an application on its page.
pub async fn takes(who: &Client, case: &str, which: &str, fields: [&str; 3]) -> crate::client::Answer {
    let page = format!("/faelle/{case}/teilhabe");
    let fields = [("application", which), ("step", fields[0]), ("on", fields[1]), ("words", fields[2])];
    who.fill(&page, &format!("{page}/schritt"), &fields).await
}

async fn applied(engine: Engine) {
    let town = Town::new(engine).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    let page = format!("/faelle/{case}/teilhabe");
    let early = [("received_on", "2026-11-21"), ("words", "Schulbegleitung")];
    marta.fill(&page, &page, &early).await.is(422).shows("Zukunft");
    marta.fill(&page, &page, &[("received_on", "2026-11-09"), ("words", "Schulbegleitung")]).await.is(303);
    // W8, W9: both clocks run by themselves, with their paragraphs; there is no fiction of approval.
    let seen = marta.get(&page).await;
    seen.shows("Bis 23.11.2026").shows("§ 14 Abs. 1 S. 1 SGB IX").shows("Bis 30.11.2026").shows("§ 18 Abs. 7 SGB IX");
    marta.get("/fristen").await.shows("23.11.2026").shows("30.11.2026");
    let which = option(&seen.text(), "09.11.2026: Schulbegleitung");
    takes(&marta, &case, &which, ["opinion-received", "2026-11-12", ""]).await.is(422).shows("in Auftrag gegeben");
    takes(&marta, &case, &which, ["opinion-ordered", "2026-11-12", ""]).await.is(422).shows("an welche Stelle");
    takes(&marta, &case, &which, ["opinion-ordered", "2026-11-12", "Praxis Dr. Sonne"]).await.is(303);
    marta.get(&page).await.shows("Bis 26.11.2026").shows("§ 17 Abs. 2 S. 1 SGB IX").hides("Bis 30.11.2026");
    takes(&marta, &case, &which, ["opinion-received", "2026-11-20", ""]).await.is(303);
    marta.get(&page).await.shows("Bis 04.12.2026").shows("§ 14 Abs. 2 S. 3 SGB IX").hides("Bis 26.11.2026");
    // Several carriers: six weeks from receipt; with a conference two months.
    takes(&marta, &case, &which, ["findings-asked", "2026-11-20", "Krankenkasse"]).await.is(303);
    marta.get(&page).await.shows("Bis 21.12.2026").shows("§ 15 Abs. 2 SGB IX");
    let tuesday = later(&town, "2026-11-24", "marta").await;
    // Passed on on day fifteen: it is on record, it warns, and the office stays competent with its clocks.
    takes(&tuesday, &case, &which, ["forwarded", "2026-11-24", "Krankenkasse"]).await.is(303);
    let late = tuesday.get(&page).await;
    late.shows("Zu spät weitergeleitet").shows("bleibt leistender Träger").shows("Bis 21.12.2026");
    takes(&marta, &case, &which, ["forwarded-late", "2026-11-20", "Krankenkasse"]).await.is(422);
    takes(&marta, &case, &which, ["decided", "2026-11-20", "Krankenkasse"]).await.is(422);
    takes(&marta, &case, &which, ["conference", "2026-11-20", ""]).await.is(303);
    marta.get(&page).await.shows("Bis 11.01.2027").hides("Bis 21.12.2026");
    let late = later(&town, "2027-01-12", "marta").await;
    late.get(&page).await.shows("Eine Frist ist vorbei").shows("§ 36a Abs. 3 SGB VIII");
    // A decision that names no application decides none (L5), and says so; the one that names it stops its clocks.
    decides_on(&marta, &case, "35a", "2027-11-30", "").await;
    marta.get(&page).await.hides("Es läuft keine Frist.");
    let plan = marta.get(&format!("/faelle/{case}/hilfeplan")).await.text();
    let newest = plan.split("href=\"/hilfeplaene/").nth(1).unwrap().get(..36).unwrap().to_owned();
    marta.get(&format!("/hilfeplaene/{newest}")).await.shows("Es liegt ein offener Antrag");
    let strange = [("granted", "granted"), ("kind", "31"), ("from", "2026-12-01"), ("application", which.as_str())];
    let rest = [("reasons", "Weil."), ("review_on", "2027-03-01"), ("despite", "1")];
    let wrong = marta.post(&format!("/faelle/{case}/entscheidung"), &[&strange[..], &rest[..]].concat()).await;
    wrong.is(422).shows("mit der Hilfeart § 35a");
    decides_on(&marta, &case, "35a", "2027-11-30", &which).await;
    marta.get(&page).await.shows("entschieden").shows("Es läuft keine Frist.");
    passed_on_to_us(&town, &marta, &case).await;
}

/// Passed on to this office: three weeks only, and a second time only in agreement (§ 14(3)).
async fn passed_on_to_us(town: &Town, marta: &Client, case: &str) {
    let page = format!("/faelle/{case}/teilhabe");
    let ours = [("received_on", "2026-11-20"), ("words", "Lerntherapie"), ("passed_on_by", "Krankenkasse Nord")];
    marta.fill(&page, &page, &ours).await.is(303);
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/applications"), None).await.json();
    assert_eq!(told["applications"][0]["clocks"], json!([{"rule": "participation", "due_on": "2026-12-11"}]));
    let id = told["applications"][0]["id"].as_str().unwrap().to_owned();
    let steps = format!("/api/v1/applications/{id}/steps");
    let send = |step: &str| json!({"step": step, "on": "2026-11-20", "words": "Rentenversicherung"});
    marta.api(Method::POST, &steps, Some(send("forwarded"))).await.is(422);
    marta.api(Method::POST, &steps, Some(send("decided"))).await.is(422);
    marta.api(Method::POST, &steps, Some(send("forwarded-again"))).await.is(200);
    marta.get(&page).await.hides("Bis 11.12.2026").shows("§ 14 Abs. 1 S. 2 SGB IX");
    town.as_("heike").await.get(&page).await.is(404);
    town.as_("lotse").await.post(&page, &ours).await.is(404);
}

async fn a_young_adult(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides_on(&marta, &case, "41", "2027-11-30", "").await;
    // W10: a year before the planned end somebody looks ahead.
    marta.get(&format!("/faelle/{case}/fristen")).await.shows("§ 41 Abs. 3 SGB VIII").shows("30.11.2026");
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
    let page = format!("/faelle/{case}/ende");
    let late = later(&town, "2027-06-01", "marta").await;
    // Half an agreement is none.
    let half = [("ended_on", "2027-06-30"), ("talk_on", "2027-06-01"), ("aftercare_until", "2028-06-30")];
    ends(&late, &case, &half).await.is(422).shows("Zur Nachbetreuung gehören");
    // W11: the last plan says nothing of it. Said once, with a reason it goes on and stays with the end.
    let cared = [&half[..], &[("aftercare_months", "3"), ("aftercare_form", "Treffen im Café")]].concat();
    ends(&late, &case, &cared).await.is(200).shows("stehen nicht im letzten Hilfeplan").shows("Treffen im Café");
    let bare = [("ended_on", "2027-06-30"), ("talk_on", "2027-06-01")];
    ends(&late, &case, &bare).await.is(200).shows("keine Nachbetreuung vereinbart").shows("§ 41a Abs. 2");
    let reason = [&cared[..], &[("gaps_reason", "Erst im Abschlussgespräch vereinbart.")]].concat();
    ends(&late, &case, &reason).await.is(303);
    late.get(&page).await.shows("Erst im Abschlussgespräch vereinbart.");
    assert_eq!(its_day_comes(&town, "2027-07-01T00:01").await, 1);
    late.get(&page).await.shows("Nachbetreuung bis 30.06.2028").shows("alle 3 Monate").shows("§ 41 Abs. 1 Satz 3");
    // The office is in touch by itself, as often as agreed.
    late.get(&format!("/faelle/{case}/fristen")).await.shows("Nachbetreuung: Kontakt halten").shows("30.09.2027");
    let autumn = later(&town, "2027-09-28", "marta").await;
    let ended = option(&autumn.get(&page).await.text(), "§ 41");
    let asked = [("ending", ended.as_str()), ("held_on", "2027-09-28"), ("lasting", "partly"), ("with_whom", "Leyla")];
    autumn.fill(&page, &format!("/faelle/{case}/nachschau"), &asked).await.is(303);
    autumn.get(&format!("/faelle/{case}/fristen")).await.shows("28.12.2027");
    // Coming back is a right and one click.
    let winter = later(&town, "2027-12-01", "marta").await;
    town.as_("heike").await.post(&format!("/faelle/{case}/rueckkehr"), &[]).await.is(404);
    winter.fill(&page, &format!("/faelle/{case}/rueckkehr"), &[]).await.is(303);
    winter.get(&format!("/faelle/{case}")).await.shows("Erkundung");
    winter.get(&page).await.shows("Rückkehr am 01.12.2027").shows("nach § 41 Abs. 1 Satz 3");
    winter.get(&format!("/faelle/{case}/fristen")).await.shows("Rückkehr: miteinander sprechen");
}

async fn to_another_office(engine: Engine) {
    let town = Town::new(engine).await;
    town.plans("Nord", 100_000, 0).await;
    let marta = town.as_("marta").await;
    let case = opens(&marta).await;
    explores(&marta, &case).await;
    decides(&marta, &case).await;
    commissions(&marta, &case, "Lotse Jugendhilfe gGmbH", "4.800,00", "").await.is(303);
    let page = format!("/faelle/{case}/uebergabe");
    let secret =
        [("words", "Anvertraut: Angst vor dem Onkel"), ("noted_on", "2026-11-20"), ("confidence", "entrusted")];
    let notes = format!("/faelle/{case}/notizen");
    marta.fill(&notes, &notes, &secret).await.is(303);
    marta.get(&notes).await.shows("Angst vor dem Onkel");
    let office = [
        ("office", "Jugendamt Kreis Süd"),
        ("why", "Die Mutter zieht um."),
        ("promised", "Leyla behält ihren Platz in der Malgruppe."),
        ("remember", "Dienstags holt die Tante ab."),
        ("due_on", "2026-12-10"),
    ];
    marta.fill(&page, &format!("{page}/amt"), &office).await.is(303);
    // W26: at once, which is no day; the help goes on.
    marta.get(&format!("/faelle/{case}/fristen")).await.shows("§ 86c Abs. 2 SGB VIII");
    let away = [("ended_on", "2026-12-31"), ("talk_on", "2026-11-20"), ("reason", "40")];
    ends(&marta, &case, &away).await.is(422).shows("noch nicht übernommen");
    marta.post(&format!("{page}/amt"), &office).await.is(422).shows("läuft schon eine Übergabe");
    town.as_("lotse").await.get("/auftraege").await.shows("§ 31 SGB VIII");
    let sheet = format!("/faelle/{case}/uebergabeblatt");
    let shown = marta.get(&sheet).await;
    shown.is(200).shows("Malgruppe").shows("Dienstags holt die Tante ab.").shows("Leyla gern zur Schule geht");
    shown.shows("Lotse Jugendhilfe gGmbH").hides("Onkel");
    let told = marta.api(Method::GET, &format!("/api/v1/cases/{case}/handover-sheet"), None).await;
    told.is(200).shows("Malgruppe").hides("Onkel");
    town.as_("heike").await.get(&sheet).await.is(404);
    let list = marta.api(Method::GET, "/api/v1/handovers", None).await.json();
    let id = list["handovers"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(list["handovers"][0]["cause"], "office");
    let talk = format!("/uebergaben/{id}");
    let held = [("held_on", "2026-11-20"), ("with_whom", "Herr Süd, Ayşe Demir"), ("family", "present")];
    marta.fill(&talk, &format!("{talk}/gespraech"), &held).await.is(303);
    // The case stays until the other office continues; then it ends with its own reason.
    marta.get(&format!("/faelle/{case}")).await.is(200).shows("Hilfe läuft");
    marta.get(&format!("/faelle/{case}/leistungen")).await.shows("4.800,00");
    // A conversation ends nothing: the old office pays until the new one goes on (§ 86c(1), L6).
    let page = format!("/faelle/{case}/ende");
    ends(&marta, &case, &away).await.is(422).shows("Seit wann führt das andere Jugendamt");
    let goes_on = |on: &'static str| [&away[..], &[("continued_on", on)]].concat();
    ends(&marta, &case, &goes_on("2027-01-01"))
        .await
        .is(422)
        .shows("sobald das andere Jugendamt sie wirklich fortführt");
    let january = later(&town, "2027-01-04", "marta").await;
    ends(&january, &case, &goes_on("2027-01-02")).await.is(422).shows("wäre eine Lücke");
    ends(&january, &case, &goes_on("2027-01-01")).await.is(303);
    january.get(&page).await.shows("Abgabe an ein anderes Jugendamt").shows("fort seit 01.01.2027");
}

both! {
    reviewed_reduced_and_ended, a_help_gets_less_and_ends_and_its_money_follows_on_sqlite, a_help_gets_less_and_ends_and_its_money_follows_on_postgresql;
    applied, an_application_for_integration_help_has_its_clock_on_sqlite, an_application_for_integration_help_has_its_clock_on_postgresql;
    a_young_adult, a_young_adult_leaves_and_comes_back_on_sqlite, a_young_adult_leaves_and_comes_back_on_postgresql;
    to_another_office, a_case_goes_to_another_office_on_sqlite, a_case_goes_to_another_office_on_postgresql;
}
