// SPDX-License-Identifier: EUPL-1.2
//! HSDS: what is written is as the specification has it, what is read comes back as it was, calendars as RFC 5545 has them.

use crate::cards::{add, card};
use crate::client::Client;
use crate::town::{Engine, Town, both};
use crate::trade::{handed_in, taken};
use app::resources::hsds_faults;
use serde_json::Value;
use std::collections::BTreeSet;

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }

    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.roll(all.len())]
    }

    /// Some codes of a list; at least one.
    fn some(&mut self, all: &[&str]) -> String {
        let mut picked: Vec<&str> = all.iter().copied().filter(|_| self.roll(3) == 0).collect();
        if picked.is_empty() {
            picked.push(self.one(all));
        }
        picked.join(" ")
    }
}

const TOPICS: [&str; 6] = ["sport", "advice", "meeting", "supplies", "early", "inclusion"];
const LANGUAGES: [&str; 5] = ["de", "de-leicht", "dgs", "ar", "fa"];
const BARRIERS: [&str; 3] = ["no-steps", "toilet", "hearing"];
const BASES: [&str; 4] = ["11", "13a", "16", "35a"];
const TEXTS: [&str; 8] = [
    "Für Größere, mit „Anführung“ und, Kommas",
    "Zeile eins\nZeile zwei; noch eine",
    "=1+1 ist keine Formel",
    "'-vorn ein Apostroph",
    "Łódź, Ayşe & <Söhne>",
    "a|b\tc",
    "\"ganz in Zeichen\"",
    "5",
];
const TIMES: [&str; 6] = [
    "Mo, Mi 15–17 Uhr",
    "jeden 2. Di im Monat 18:30–20 Uhr",
    "12.12.2026 10–12 Uhr",
    "alle 2 Wochen Fr ab 16 Uhr seit 6.11.2026 bis 31.3.2027",
    "jeden letzten So im Monat ab 9 Uhr",
    "Mo–Fr 8–24 Uhr",
];
const PLACES: [&str; 5] =
    ["Lindenweg 12", "Hafenstraße 12a, 22844 Norderstedt", "Am Markt, hinten, 01067 Dresden", "Hafen", "Weg 1, 2284 X"];
const WEBS: [&str; 3] = ["https://a.example/pfad?x=1", "www.a.example", "https://müller.example/ä"];
/// Fields that a card may have or not.
const MAYBE: [(&str, &[&str]); 8] = [
    ("keywords", &TEXTS),
    ("place", &PLACES),
    ("contact", &["040 123, post@a.example", "am Tor", "Łódź; 5"]),
    ("web", &WEBS),
    ("conditions", &TEXTS),
    ("cost", &["free", "donation", "fee", "depends"]),
    ("cost_note", &TEXTS),
    ("times", &TIMES),
];

/// A card with whatever a card can have, but for what never leaves the office.
fn chance_card(dice: &mut Dice, n: usize) -> Vec<(&'static str, String)> {
    let kinds = ["organisation", "offer", "place", "group", "event", "room", "thing"];
    let kind = dice.one(&kinds);
    let mut fields = vec![
        ("name", format!("{} {n}", dice.one(&TEXTS).replace(['\n', '\t'], " "))),
        ("kind", kind.to_owned()),
        ("topics", dice.some(&TOPICS)),
        ("about", dice.one(&TEXTS).to_owned()),
        ("visibility", "public".to_owned()),
    ];
    for (field, all) in MAYBE {
        if dice.roll(2) == 0 || (field == "times" && kind == "event") {
            fields.push((field, dice.one(all).replace('\n', " ")));
        }
    }
    for (field, all) in [("languages", &LANGUAGES[..]), ("barriers", &BARRIERS[..]), ("basis", &BASES[..])] {
        if dice.roll(2) == 0 {
            fields.push((field, dice.some(all)));
        }
    }
    for (field, all) in [
        ("age_from", ["0", "3", "6"]),
        ("age_to", ["9", "17", "120"]),
        ("free_places", ["0", "4", "100000"]),
        ("waiting", ["0", "2", "31"]),
        ("point", ["53.6051, 9.9123", "53.60510; 9.912", "53.6, 10"]),
    ] {
        if dice.roll(2) == 0 {
            fields.push((field, dice.one(&all).to_owned()));
        }
    }
    fields
}

/// Adds a card with several values in a field as boxes send them.
pub async fn add_chance(client: &Client, fields: &[(&'static str, String)]) {
    let many = ["topics", "languages", "barriers", "basis"];
    // Cards by chance are alike; it was asked, and they are entered all the same.
    let mut sent: Vec<(&str, &str)> = vec![("despite", "1")];
    for (name, value) in fields {
        match many.contains(name) {
            true => sent.extend(value.split(' ').map(|one| (*name, one))),
            false => sent.push((name, value)),
        }
    }
    client.post("/ressourcen/neu", &sent).await.is(303);
}

/// The services of an export in the order of their ids, without the name of the office.
async fn services(town: &Town) -> Vec<Value> {
    let mut all = town.stranger().get("/hsds/hsds.json").await.json()["services"].as_array().unwrap().clone();
    for one in &mut all {
        if one["attributes"].as_array().unwrap().iter().all(|term| term["value"] != "organisation") {
            // Another office tells of it under its own name.
            one["organization"] = Value::Null;
            one["organization_id"] = Value::Null;
        }
    }
    all.sort_by_key(|one| one["id"].as_str().unwrap().to_owned());
    all
}

async fn round_trip(engine: Engine) {
    let (here, there, packed) = (Town::new(engine).await, Town::new(engine).await, Town::new(engine).await);
    let konrad = here.as_("konrad").await;
    let mut dice = Dice(20_261_123);
    for n in 0..60 {
        add_chance(&konrad, &chance_card(&mut dice, n)).await;
    }
    let before = services(&here).await;
    assert_eq!(before.len(), 60);
    for (town, path, name) in [(&there, "/hsds/hsds.json", "hsds.json"), (&packed, "/hsds/datapackage.zip", "hsds.zip")]
    {
        let file = here.stranger().get(path).await;
        let keeper = town.as_("konrad").await;
        let import = handed_in(&keeper, name, &file.bytes).await;
        keeper.get(&import).await.hides("badge--alarm");
        taken(&keeper, &import, &[]).await.is(303);
        let after = services(town).await;
        assert_eq!(after.len(), before.len(), "{name}");
        for (old, new) in before.iter().zip(&after) {
            assert_eq!(old, new, "{name}");
        }
    }
    let (one, other) = (here.stranger(), packed.stranger());
    for path in ["/hsds/hsds.json", "/hsds/datapackage.zip"] {
        assert_eq!(one.get(path).await.bytes, one.get(path).await.bytes, "the same data is the same file");
        other.get(path).await.is(200);
    }
}

async fn valid(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let mut dice = Dice(7);
    for n in 0..40 {
        add_chance(&konrad, &chance_card(&mut dice, n)).await;
    }
    let secrets = [("key_person", "Frau Schlüssel"), ("second_person", "Herr Zweit")];
    add(&konrad, &card("Mit Schlüssel", &secrets)).await;
    let public = town.stranger();
    let document = public.get("/hsds/hsds.json").await;
    document.hides("Frau Schlüssel").hides("Herr Zweit").hides("consent");
    for (number, service) in document.json()["services"].as_array().unwrap().iter().enumerate() {
        let faults = hsds_faults("service", &format!("service[{number}]"), service);
        assert!(faults.is_empty(), "{faults:?} in {service:#}");
        assert_eq!(unknown("service", service), BTreeSet::new(), "{service:#}");
    }
    for (path, entity) in [
        ("/hsds/services?full=true&per_page=500", "service"),
        ("/hsds/services", "service"),
        ("/hsds/organizations", "organization"),
        ("/hsds/service_at_locations", "service_at_location"),
        ("/hsds/taxonomies", "taxonomy"),
        ("/hsds/taxonomy_terms", "taxonomy_term"),
    ] {
        let page = public.get(path).await.json();
        let contents = page["contents"].as_array().unwrap();
        assert!(!contents.is_empty() && page["empty"] == false, "{path}");
        for one in contents {
            assert!(hsds_faults(entity, entity, one).is_empty(), "{path}: {:?}", hsds_faults(entity, entity, one));
            let own = format!("{}/{}", path.split('?').next().unwrap(), one["id"].as_str().unwrap());
            public.get(&own).await.is(200);
        }
    }
    let mut broken = document.json()["services"][0].clone();
    broken["status"] = "open".into();
    broken.as_object_mut().unwrap().remove("name");
    assert_eq!(hsds_faults("service", "service", &broken).len(), 2, "the control can fail");
    paged(&public).await;
}

/// Fields that no entity of the specification has.
fn unknown(entity: &str, thing: &Value) -> BTreeSet<String> {
    use domain::resources::exchange::{Sort, entity as known};
    let facts = known(entity).unwrap();
    let mut all = BTreeSet::new();
    for (field, value) in thing.as_object().unwrap() {
        match facts.fact(field).map(|fact| fact.sort) {
            None => {
                all.insert(format!("{entity}.{field}"));
            }
            Some(Sort::Many(other)) => {
                value.as_array().unwrap().iter().for_each(|one| all.extend(unknown(other, one)));
            }
            Some(Sort::One(other, _)) => all.extend(unknown(other, value)),
            Some(_) => {}
        }
    }
    all
}

/// Pages have all of them, none twice; a term narrows.
async fn paged(public: &Client) {
    let mut seen = Vec::new();
    for number in 1.. {
        let page = public.get(&format!("/hsds/services?minimal=true&per_page=7&page={number}")).await.json();
        assert_eq!((&page["total_items"], &page["page_number"]), (&41.into(), &number.into()));
        seen.extend(page["contents"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        if page["last_page"] == true {
            break;
        }
    }
    let once: BTreeSet<&String> = seen.iter().collect();
    assert_eq!((seen.len(), once.len()), (41, 41));
    let terms = public.get("/hsds/taxonomy_terms?per_page=500").await.json();
    let sport = terms["contents"].as_array().unwrap().iter().find(|term| term["code"] == "topic:sport").unwrap();
    let path = format!("/hsds/services?taxonomy_term_id={}", sport["id"].as_str().unwrap());
    let by_term = public.get(&path).await.json()["total_items"].clone();
    assert_eq!(by_term, public.get("/hsds/services?thema=sport").await.json()["total_items"]);
    assert_eq!(public.get("/hsds/services?taxonomy_term_id=x").await.json()["empty"], true);
}

/// Lines of at most 75 bytes that end as they must, a zone that is explained, and events that can be read again.
async fn calendars(engine: Engine) {
    let town = Town::new(engine).await;
    let konrad = town.as_("konrad").await;
    let long = "Ein sehr langer Name, mit Kommas; Strichpunkten und Umlauten – größer als eine Zeile eines Kalenders sein darf";
    for (name, time) in [
        (long, "Mo, Mi 15–17 Uhr bis 31.3.2027"),
        ("Fest", "12.12.2026 10–12 Uhr"),
        ("Rat", "jeden 2. Di im Monat 18:30–20 Uhr"),
    ] {
        add(&konrad, &card(name, &[("kind", "event"), ("times", time)])).await;
    }
    let file = town.stranger().get("/angebote.ics").await;
    let text = file.text();
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    for part in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:", "BEGIN:VTIMEZONE", "TZID:Europe/Berlin", "END:VCALENDAR"]
    {
        assert!(text.contains(part), "{part}");
    }
    let events: Vec<&str> = text.split("BEGIN:VEVENT").skip(1).collect();
    assert_eq!(events.len(), 3);
    for event in events {
        for part in ["UID:", "DTSTAMP:", "DTSTART;TZID=Europe/Berlin:", "SUMMARY:"] {
            assert!(event.contains(part), "{part} in {event}");
        }
        // With a zone, the last time is told in UTC.
        assert!(!event.contains("UNTIL=") || event.contains("UNTIL=20270331T215959Z"), "{event}");
    }
    let other = Town::new(engine).await;
    let keeper = other.as_("konrad").await;
    let import = handed_in(&keeper, "angebote.ics", &file.bytes).await;
    taken(&keeper, &import, &[]).await.is(303);
    let page = keeper.get("/ressourcen?q=Kalenders").await;
    page.shows("größer als eine Zeile").shows("Mo, Mi 15–17 Uhr bis 31.03.2027");
    keeper.get("/ressourcen?q=Rat").await.shows("jeden 2. Di im Monat 18:30–20 Uhr");
}

both! {
    what_goes_out_comes_back_as_it_was: round_trip;
    every_entity_is_as_the_specification_has_it: valid;
    calendars_are_as_the_standard_has_them: calendars;
}
