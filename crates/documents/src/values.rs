// SPDX-License-Identifier: EUPL-1.2
//! The sheet as a tree of values: what the template reads and what the fingerprint is taken of.

use crate::sheet::{Commission, Decision, PlanSheet, Voice};
use domain::kernel::Day;
use sha2::{Digest, Sha256};
use typst::foundations::{Array, Dict, IntoValue, Value, dict};

/// Every value of the sheet, named as the template names it.
pub(crate) fn of(sheet: &PlanSheet) -> Dict {
    dict! {
        "office" => text(&sheet.office),
        "title" => text(&sheet.title),
        "basis" => text(&sheet.basis),
        "case_number" => text(&sheet.case_number),
        "version" => sheet.version.to_string(),
        "decided_on" => sheet.decided_on.german(),
        "family" => text(&sheet.family),
        "wills" => each(&sheet.wills, |will| dict! {
            "owner" => text(&will.speaker),
            "day" => will.said_on.german(),
            "words" => text(&will.words),
            "own_part" => text(&will.own_part),
        }),
        "wishes" => each(&sheet.wishes, voice),
        "goals" => each(&sheet.goals, voice),
        "resources" => each(&sheet.resources, |group| dict! {
            "title" => text(&group.field),
            "entries" => each(&group.entries, |entry| text(entry)),
        }),
        "ideas" => each(&sheet.ideas, |idea| text(idea)),
        "need" => text(&sheet.need),
        "mandates" => each(&sheet.mandates, voice),
        "notes" => each(&sheet.notes, |note| dict! {
            "title" => text(&note.title),
            "words" => text(&note.words),
        }),
        "decision" => decision(&sheet.decision),
        "commission" => sheet.commission.as_ref().map_or(Value::None, |order| commission(order).into_value()),
        "participants" => each(&sheet.participants, |person| dict! {
            "name" => text(&person.name),
            "role" => text(&person.role),
        }),
        "signatures" => each(&sheet.signatures, |name| text(name)),
    }
}

fn voice(voice: &Voice) -> Dict {
    dict! { "owner" => text(&voice.owner), "words" => text(&voice.words) }
}

fn decision(decision: &Decision) -> Dict {
    dict! {
        "paragraph" => text(&decision.paragraph),
        "kind" => text(&decision.kind),
        "reasons" => text(&decision.reasons),
        "alternatives" => text(&decision.alternatives),
        "professionals" => each(&decision.professionals, |name| text(name)),
        "decided_by" => text(&decision.decided_by),
        "review_on" => day(decision.review_on),
    }
}

fn commission(order: &Commission) -> Dict {
    dict! {
        "agency" => text(&order.agency),
        "from" => order.from.german(),
        "until" => day(order.until),
        "ceiling" => text(&order.ceiling),
        "wish_and_choice" => text(&order.wish_and_choice),
    }
}

/// A text that people wrote. It stays one string: as a value it can never become a command of the template.
fn text(text: &str) -> Value {
    text.into_value()
}

fn day(day: Option<Day>) -> Value {
    day.map_or(Value::None, |day| day.german().into_value())
}

fn each<T, V: IntoValue>(items: &[T], make: impl Fn(&T) -> V) -> Array {
    items.iter().map(|item| make(item).into_value()).collect()
}

/// The same tree with every text passed through `change`.
pub(crate) fn map_texts(value: Value, change: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::Str(text) => change(text.as_str()).into_value(),
        Value::Array(items) => Value::Array(items.into_iter().map(|item| map_texts(item, change)).collect::<Array>()),
        Value::Dict(fields) => {
            Value::Dict(fields.into_iter().map(|(name, field)| (name, map_texts(field, change))).collect::<Dict>())
        }
        other => other,
    }
}

/// SHA-256 over the whole tree, in lower-case hexadecimal.
///
/// Every part is preceded by its kind and its length, so that no text can be moved from one field to the next without
/// changing the sum.
pub(crate) fn sha256(tree: &Dict) -> String {
    let mut hasher = Sha256::new();
    feed(&mut hasher, &Value::Dict(tree.clone()));
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn feed(hasher: &mut Sha256, value: &Value) {
    match value {
        Value::Str(text) => feed_part(hasher, b's', text.len(), text.as_bytes()),
        Value::Array(items) => {
            feed_part(hasher, b'a', items.len(), b"");
            items.iter().for_each(|item| feed(hasher, item));
        }
        Value::Dict(fields) => {
            feed_part(hasher, b'd', fields.len(), b"");
            for (name, field) in fields.iter() {
                feed_part(hasher, b'k', name.len(), name.as_bytes());
                feed(hasher, field);
            }
        }
        _ => feed_part(hasher, b'n', 0, b""),
    }
}

fn feed_part(hasher: &mut Sha256, kind: u8, length: usize, bytes: &[u8]) {
    hasher.update([kind]);
    hasher.update((length as u64).to_be_bytes());
    hasher.update(bytes);
}
