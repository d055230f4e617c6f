// SPDX-License-Identifier: EUPL-1.2
//! A genogram and a resource check as text, for keeping.

use domain::casework::genogram::{ChildBond, Descent, Genogram, Kin, Union, UnionKind};
use domain::casework::network::Symbol;
use domain::casework::{CheckEntry, Field, ResourceCheck, ResourceUse, ThirdParty};
use domain::kernel::Line;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A genogram as text.
#[must_use]
pub fn genogram_to_text(drawn: &Genogram) -> String {
    let kin = |one: &Kin| {
        json!({
            "id": one.id, "person": one.person.map(|id| Uuid::from(id).to_string()), "name": one.name.as_str(),
            "symbol": one.symbol.code(), "born": one.born, "died": one.died, "deceased": one.deceased,
            "index": one.index, "household": one.household,
        })
    };
    let union = |one: &Union| json!({"id": one.id, "a": one.a, "b": one.b, "kind": one.kind.code()});
    let descent =
        |one: &Descent| json!({"child": one.child, "parent": one.parent, "other": one.other, "bond": one.bond.code()});
    json!({
        "people": drawn.people.iter().map(kin).collect::<Vec<_>>(),
        "unions": drawn.unions.iter().map(union).collect::<Vec<_>>(),
        "descents": drawn.descents.iter().map(descent).collect::<Vec<_>>(),
    })
    .to_string()
}

fn number<T: TryFrom<i64>>(json: &Json, key: &str) -> Option<T> {
    T::try_from(json.get(key)?.as_i64()?).ok()
}

fn code<T>(json: &Json, key: &str, from: fn(&str) -> Option<T>) -> Option<T> {
    from(json.get(key)?.as_str()?)
}

fn flag(json: &Json, key: &str) -> bool {
    json.get(key).and_then(Json::as_bool).unwrap_or_default()
}

fn each<T>(json: &Json, key: &str, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    json.get(key)?.as_array()?.iter().map(read).collect()
}

/// A genogram from kept text.
#[must_use]
pub fn genogram_from_text(text: &str) -> Option<Genogram> {
    let json: Json = serde_json::from_str(text).ok()?;
    let kin = |one: &Json| {
        Some(Kin {
            id: number(one, "id")?,
            person: one.get("person").and_then(Json::as_str).and_then(|id| Uuid::parse_str(id).ok()).map(Into::into),
            name: Line::parse(one.get("name")?.as_str()?).ok()?,
            symbol: code(one, "symbol", Symbol::from_code)?,
            born: number(one, "born"),
            died: number(one, "died"),
            deceased: flag(one, "deceased"),
            index: flag(one, "index"),
            household: number(one, "household"),
        })
    };
    let union = |one: &Json| {
        let kind = code(one, "kind", UnionKind::from_code)?;
        Some(Union { id: number(one, "id")?, a: number(one, "a")?, b: number(one, "b")?, kind })
    };
    let descent = |one: &Json| {
        Some(Descent {
            child: number(one, "child")?,
            parent: number(one, "parent")?,
            other: number(one, "other"),
            bond: code(one, "bond", ChildBond::from_code)?,
        })
    };
    Some(Genogram {
        people: each(&json, "people", kin)?,
        unions: each(&json, "unions", union)?,
        descents: each(&json, "descents", descent)?,
    })
}

/// A resource check as text.
#[must_use]
pub fn check_to_text(check: &ResourceCheck) -> String {
    let entry = |one: &CheckEntry| {
        json!({
            "id": one.id, "field": one.field.code(), "words": one.words.as_str(),
            "owner": one.owner.as_ref().map(Line::as_str), "used": one.used.code(), "third": one.third.code(),
        })
    };
    json!({ "entries": check.entries.iter().map(entry).collect::<Vec<_>>() }).to_string()
}

/// A resource check from kept text.
#[must_use]
pub fn check_from_text(text: &str) -> Option<ResourceCheck> {
    let json: Json = serde_json::from_str(text).ok()?;
    let entry = |one: &Json| {
        Some(CheckEntry {
            id: number(one, "id")?,
            field: code(one, "field", Field::from_code)?,
            words: Line::parse(one.get("words")?.as_str()?).ok()?,
            owner: one.get("owner").and_then(Json::as_str).and_then(|owner| Line::parse(owner).ok()),
            used: code(one, "used", ResourceUse::from_code)?,
            third: code(one, "third", ThirdParty::from_code)?,
        })
    };
    Some(ResourceCheck { entries: each(&json, "entries", entry)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::kernel::PersonId;

    #[test]
    fn what_is_kept_comes_back_the_same() {
        let name = |text: &str| Line::parse(text).unwrap();
        let kin = |id: u32, person: Option<PersonId>| Kin {
            id,
            person,
            name: name("Ayşe"),
            symbol: Symbol::Female,
            born: Some(1990),
            died: None,
            deceased: false,
            index: id == 2,
            household: Some(3),
        };
        let drawn = Genogram {
            people: vec![kin(1, Some(PersonId(Uuid::from_u128(9)))), kin(2, None)],
            unions: vec![Union { id: 1, a: 1, b: 2, kind: UnionKind::Separated }],
            descents: vec![Descent { child: 2, parent: 1, other: None, bond: ChildBond::Foster }],
        };
        assert_eq!(genogram_from_text(&genogram_to_text(&drawn)), Some(drawn));
        let entry = CheckEntry {
            id: 4,
            field: Field::Material,
            words: name("Ein Garten"),
            owner: Some(name("Oma")),
            used: ResourceUse::Planned,
            third: ThirdParty::Agreed,
        };
        let check = ResourceCheck { entries: vec![entry] };
        assert_eq!(check_from_text(&check_to_text(&check)), Some(check));
        assert_eq!((genogram_from_text("{}"), check_from_text("x")), (None, None));
    }
}
