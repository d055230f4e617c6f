// SPDX-License-Identifier: EUPL-1.2
//! A network map as text, in the file format of easyNWK 2 (github.com/fhstp/easynwk-web, MIT): one map is
//! `{ego, alteri, connections}`, a record is `{versions: [{id, title, date, nwk}], currentVersion}`. It is kept in the
//! same form in which it comes and goes, so that there is one reader and one writer.
//!
//! What easyNWK has and this program has not (emoji, defaults of its form) is written as its blank form has it. Places
//! are rounded to hundredths.

use domain::casework::network::{
    Contact, Ego, NETWORK_UNREADABLE, NetworkMap, Spot, Support, SupportWay, Symbol, TieKind,
};
use domain::kernel::{Day, Line, Note, Refusal};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// Their names in the file, in the order of [`Support::ALL`].
const SUPPORT: [&str; 5] =
    ["supportEmotional", "supportCognitive", "supportSocial", "supportMaterial", "supportPractical"];
/// Farther out than any map shows.
const FARTHEST: i32 = 30_000;

/// A version of a file: its day, if it tells one, and its map.
pub type FileVersion = (Option<Day>, NetworkMap);

const fn gender(symbol: Symbol) -> &'static str {
    match symbol {
        Symbol::Female => "weiblich",
        Symbol::Male => "männlich",
        Symbol::Diverse => "divers",
        Symbol::Unknown => "nicht festgelegt",
        Symbol::NotHuman => "kein Mensch",
    }
}

fn symbol(gender: &str) -> Symbol {
    [Symbol::Female, Symbol::Male, Symbol::Diverse]
        .into_iter()
        .find(|one| self::gender(*one) == gender)
        .unwrap_or(Symbol::Unknown)
}

fn degrees(hundredths: i32) -> f64 {
    f64::from(hundredths) / 100.0
}

fn place_of<T>(all: &[T], one: &T) -> usize
where
    T: PartialEq,
{
    all.iter().position(|known| known == one).unwrap_or_default()
}

fn contact(one: &Contact) -> Json {
    let text = |line: &Option<Line>| line.as_ref().map_or(String::new(), |line| line.as_str().to_owned());
    let mut json = json!({
        "id": one.id, "name": one.name.as_str(), "role": text(&one.role), "roleDefault": one.role.is_none(),
        "human": one.symbol != Symbol::NotHuman, "currentGender": gender(one.symbol),
        "genderDefault": one.symbol == Symbol::Unknown, "age": text(&one.age),
        "note": one.note.as_ref().map_or("", Note::as_str), "deceased": one.deceased,
        "edgeType": place_of(TieKind::ALL, &one.tie), "edgeTypeByUser": place_of(TieKind::ALL, &one.tie),
        "angle": degrees(one.spot.angle), "distance": degrees(one.spot.distance), "emoji": "", "conflict": one.conflict,
    });
    for (name, way) in SUPPORT.iter().zip(one.support) {
        json[name] = place_of(SupportWay::ALL, &way).into();
    }
    json
}

/// One map as JSON.
#[must_use]
pub fn to_json(map: &NetworkMap) -> Json {
    json!({
        "ego": {
            "name": map.ego.name.as_str(), "currentGender": gender(map.ego.symbol),
            "age": map.ego.age.as_ref().map_or("", Line::as_str), "note": "",
        },
        "alteri": map.contacts.iter().map(contact).collect::<Vec<_>>(),
        "connections": map.links.iter().map(|(a, b)| json!({"id1": a, "id2": b})).collect::<Vec<_>>(),
    })
}

/// One map as text, for keeping.
#[must_use]
pub fn to_text(map: &NetworkMap) -> String {
    to_json(map).to_string()
}

/// A record with all versions as a file, oldest first.
#[must_use]
pub fn to_file(versions: &[(Day, NetworkMap)]) -> String {
    let one = |(id, (day, map)): (usize, &(Day, NetworkMap))| json!({"id": id, "title": "", "date": day.to_string(), "nwk": to_json(map)});
    let all: Vec<Json> = (1..).zip(versions).map(one).collect();
    let record = json!({"currentVersion": all.len(), "versions": all, "size": "5"});
    serde_json::to_string_pretty(&record).unwrap_or_default()
}

/// A map from kept text.
#[must_use]
pub fn from_text(text: &str) -> Option<NetworkMap> {
    read_map(&serde_json::from_str(text).ok()?)
}

/// The versions of a file, the current one last. A single map without versions is a file of one. A byte-order mark,
/// which real files have, is read over.
///
/// # Errors
/// [`NETWORK_UNREADABLE`].
pub fn from_file(text: &str) -> Result<Vec<FileVersion>, Refusal> {
    let unreadable = || NETWORK_UNREADABLE.broken();
    let json: Json = serde_json::from_str(text.trim_start_matches('\u{feff}').trim()).or(Err(unreadable()))?;
    let Some(versions) = json.get("versions").and_then(Json::as_array) else {
        return Ok(vec![(None, read_map(&json).ok_or(unreadable())?)]);
    };
    let current = json.get("currentVersion").and_then(Json::as_i64);
    let read = |version: &Json| {
        let day = version.get("date").and_then(Json::as_str).and_then(|day| Day::parse(day).ok());
        let is_current = version.get("id").and_then(Json::as_i64) == current;
        Some((is_current, (day, read_map(version.get("nwk")?)?)))
    };
    let mut all = versions.iter().map(read).collect::<Option<Vec<_>>>().ok_or(unreadable())?;
    // Stable: the others keep their order.
    all.sort_by_key(|(is_current, _)| *is_current);
    if all.is_empty() { Err(unreadable()) } else { Ok(all.into_iter().map(|(_, version)| version).collect()) }
}

fn line(json: &Json, key: &str) -> Option<Option<Line>> {
    match json.get(key) {
        None | Some(Json::Null) => Some(None),
        Some(Json::Number(number)) => Some(Line::parse(&number.to_string()).ok()),
        Some(other) => Line::optional(other.as_str()?).ok(),
    }
}

fn read_map(json: &Json) -> Option<NetworkMap> {
    let ego = json.get("ego")?;
    let ego = Ego {
        name: line(ego, "name")?.or_else(|| Line::parse("–").ok())?,
        age: line(ego, "age")?,
        symbol: ego.get("currentGender").and_then(Json::as_str).map_or(Symbol::Unknown, symbol),
    };
    let alteri = json.get("alteri")?.as_array()?;
    // Files before 2.1 name contacts by texts; their place becomes their number.
    let names: Vec<String> = alteri.iter().map(|one| one.get("id").map(ToString::to_string)).collect::<Option<_>>()?;
    let numbered = alteri.iter().all(|one| one.get("id").and_then(Json::as_u64).is_some());
    let number = |json: &Json| {
        let wanted = json.to_string();
        let place = names.iter().position(|name| *name == wanted)?;
        if numbered { u32::try_from(json.as_u64()?).ok() } else { u32::try_from(place + 1).ok() }
    };
    // Contacts that were begun and never placed or named are no contacts.
    let placed = alteri.iter().filter(|one| one.get("distance").and_then(Json::as_f64).is_some_and(|far| far > 0.0));
    let named = placed.filter(|one| one.get("name").and_then(Json::as_str).is_some_and(|name| !name.trim().is_empty()));
    let contacts = named.map(|one| read_contact(one, number(one.get("id")?)?)).collect::<Option<Vec<_>>>()?;
    let ids: BTreeSet<u32> = contacts.iter().map(|contact| contact.id).collect();
    if ids.len() != contacts.len() {
        return None;
    }
    let mut links = BTreeSet::new();
    for link in json.get("connections").and_then(Json::as_array).into_iter().flatten() {
        if let (Some(a), Some(b)) = (number(link.get("id1")?), number(link.get("id2")?))
            && a != b
            && ids.contains(&a)
            && ids.contains(&b)
        {
            links.insert((a.min(b), a.max(b)));
        }
    }
    Some(NetworkMap { ego, contacts, links })
}

fn read_contact(json: &Json, id: u32) -> Option<Contact> {
    let flag = |key: &str| json.get(key).and_then(Json::as_bool);
    // The forms of easyNWK keep numbers that were chosen as texts.
    let whole = |key: &str| match json.get(key)? {
        Json::String(text) => text.parse::<usize>().ok(),
        other => other.as_u64().and_then(|number| usize::try_from(number).ok()),
    };
    let human = flag("human").unwrap_or(true);
    let drawn = json.get("currentGender").and_then(Json::as_str).map_or(Symbol::Unknown, symbol);
    let way = |key: &&str| whole(key).and_then(|way| SupportWay::ALL.get(way)).copied().unwrap_or(SupportWay::Neither);
    let support: Vec<SupportWay> = SUPPORT.iter().map(way).collect();
    Some(Contact {
        id,
        name: line(json, "name")??,
        role: line(json, "role")?,
        symbol: if human { drawn } else { Symbol::NotHuman },
        age: line(json, "age")?,
        note: json.get("note").and_then(Json::as_str).map_or(Ok(None), Note::optional).ok()?,
        deceased: flag("deceased").unwrap_or_default(),
        tie: whole("edgeType").and_then(|tie| TieKind::ALL.get(tie)).copied().unwrap_or(TieKind::Present),
        conflict: flag("conflict").unwrap_or_default(),
        support: support.try_into().ok()?,
        spot: Spot {
            angle: hundredths(json.get("angle")?.as_f64()?, 18_000)?,
            distance: hundredths(json.get("distance")?.as_f64()?, FARTHEST)?,
        },
    })
}

/// A number of the file in hundredths, if it is one that can be.
fn hundredths(number: f64, most: i32) -> Option<i32> {
    let scaled = (number * 100.0).round();
    (scaled.is_finite() && scaled.abs() <= f64::from(most)).then_some(scaled as i32)
}

/// The kinds of support stand in the file in the order of the domain's list.
const _: () = assert!(Support::ALL.len() == SUPPORT.len());

#[cfg(test)]
mod tests {
    use super::*;

    /// As easyNWK 2.7 writes it; invented people.
    const FILE: &str = r#"{"versions":[{"id":1,"title":"","date":"2026-03-02","nwk":{"ego":{"name":"Leyla","currentGender":"weiblich","age":"9","note":""},
        "alteri":[{"id":3,"name":"Oma","role":"Großmutter","roleDefault":false,"human":true,"currentGender":"weiblich","genderDefault":false,"age":"71","note":"kocht","deceased":false,"edgeType":"2","edgeTypeByUser":2,"angle":30.051411748698495,"distance":27.853551485665644,"emoji":"","conflict":true,"supportEmotional":"3","supportCognitive":0,"supportSocial":1,"supportMaterial":2,"supportPractical":0},
                  {"id":4,"name":"Bello","human":false,"currentGender":"Hund","age":"","note":"","angle":-131.1,"distance":42.3,"edgeType":1},
                  {"id":5,"name":"","human":true,"angle":0,"distance":0}],
        "connections":[{"id1":4,"id2":3},{"id1":3,"id2":9}]}},
        {"id":2,"title":"","date":"","nwk":{"ego":{"name":"Leyla"},"alteri":[],"connections":[]}}],"currentVersion":1,"size":"5"}"#;

    #[test]
    fn a_file_of_easynwk_is_read_with_its_byte_order_mark() {
        let all = from_file(&format!("\u{feff}{FILE}")).unwrap();
        assert_eq!(all.len(), 2);
        let (day, map) = all.last().unwrap();
        assert_eq!((day.map(|day| day.to_string()), map.contacts.len()), (Some("2026-03-02".to_owned()), 2));
        let oma = &map.contacts[0];
        assert_eq!((oma.id, oma.tie, oma.conflict), (3, TieKind::Manifold, true));
        assert_eq!((oma.spot.angle, oma.spot.distance), (3_005, 2_785));
        use SupportWay as W;
        assert_eq!(oma.support, [W::Mutual, W::Neither, W::Given, W::Received, W::Neither]);
        assert_eq!(map.contacts[1].symbol, Symbol::NotHuman);
        assert_eq!(map.links, BTreeSet::from([(3, 4)]), "a link to nobody is left out");
    }

    #[test]
    fn what_is_written_is_read_again_the_same() {
        let (_, map) = from_file(FILE).unwrap().pop().unwrap();
        assert_eq!(from_text(&to_text(&map)), Some(map.clone()));
        let day = Day::parse("2026-11-20").unwrap();
        let file = to_file(&[(day, map.clone()), (day, map.clone())]);
        assert_eq!(from_file(&file).unwrap(), [(Some(day), map.clone()), (Some(day), map)]);
        for key in SUPPORT.iter().chain(&["edgeType", "angle", "distance", "currentVersion", "deceased", "human"]) {
            assert!(file.contains(&format!("\"{key}\"")), "{key}");
        }
    }

    #[test]
    fn the_older_form_of_one_map_with_texts_as_numbers_is_read() {
        let old = r#"{"ego":{"name":"Rosa","currentGender":"weiblich","age":"45","note":"x"},"alteri":[
            {"id":"8e88","name":"Susi","role":"Studienkolleg*in","currentGender":"weiblich","age":"","note":"","edgeWeight":0,"angle":-131.1,"distance":42.3},
            {"id":"bd2c","name":"Dr. Maier","role":"","angle":-50.9,"distance":93.7}],"connections":[{"id1":"8e88","id2":"bd2c"}]}"#;
        let (_, map) = from_file(old).unwrap().pop().unwrap();
        assert_eq!((map.contacts[0].id, map.contacts[1].id), (1, 2));
        assert_eq!(map.links, BTreeSet::from([(1, 2)]));
    }

    #[test]
    fn what_is_no_map_is_refused() {
        let of = |angle: &str, distance: &str| {
            format!(
                r#"{{"ego":{{"name":"A"}},"alteri":[{{"id":1,"name":"B","angle":{angle},"distance":{distance}}}],"connections":[]}}"#
            )
        };
        assert!(from_file(&of("180", "300")).is_ok());
        let twice = r#"{"ego":{},"alteri":[{"id":1,"name":"B","angle":1,"distance":1},{"id":1,"name":"C","angle":1,"distance":1}]}"#;
        let bad = ["", "{}", "[]", "null", "{\"versions\":[]}", "E;Rosa;45", "{\"ego\":{},\"alteri\":7}", twice];
        let far = [of("181", "10"), of("1e300", "10"), of("10", "301"), of("\"x\"", "10")];
        for text in bad.iter().map(|text| (*text).to_owned()).chain(far) {
            assert_eq!(from_file(&text), Err(NETWORK_UNREADABLE.broken()), "{text}");
        }
        let hidden = of("10", "10").replace("\"B\"", "\"a\u{202e}b\"");
        assert_eq!(from_file(&hidden), Err(NETWORK_UNREADABLE.broken()));
    }
}
