// SPDX-License-Identifier: EUPL-1.2
//! Texts out of the message files (Fluent): German, and English for the public pages. Keys are checked by a test; a
//! missing one shows as «key».

use domain::kernel::{Balance, Refusal};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentMessage, FluentResource, FluentValue};
use fluent_syntax::ast::PatternElement;
use std::collections::HashMap;
use std::sync::LazyLock;

/// One file a room.
const FILES: &[&str] = &[
    include_str!("../../messages/de/kit.ftl"),
    include_str!("../../messages/de/rules.ftl"),
    include_str!("../../messages/de/words.ftl"),
    include_str!("../../messages/de/start.ftl"),
    include_str!("../../messages/de/access.ftl"),
    include_str!("../../messages/de/casework.ftl"),
    include_str!("../../messages/de/cases.ftl"),
    include_str!("../../messages/de/goals.ftl"),
    include_str!("../../messages/de/notes.ftl"),
    include_str!("../../messages/de/explored.ftl"),
    include_str!("../../messages/de/people.ftl"),
    include_str!("../../messages/de/board.ftl"),
    include_str!("../../messages/de/plan.ftl"),
    include_str!("../../messages/de/protection.ftl"),
    include_str!("../../messages/de/deadlines.ftl"),
    include_str!("../../messages/de/family.ftl"),
    include_str!("../../messages/de/letters.ftl"),
    include_str!("../../messages/de/papers.ftl"),
    include_str!("../../messages/de/ending.ftl"),
    include_str!("../../messages/de/exchange.ftl"),
    include_str!("../../messages/de/budget.ftl"),
    include_str!("../../messages/de/allocation.ftl"),
    include_str!("../../messages/de/directory.ftl"),
    include_str!("../../messages/de/resources.ftl"),
    include_str!("../../messages/de/matching.ftl"),
    include_str!("../../messages/de/trade.ftl"),
    include_str!("../../messages/de/quarter.ftl"),
    include_str!("../../messages/de/network.ftl"),
    include_str!("../../messages/de/agreements.ftl"),
    include_str!("../../messages/de/forecast.ftl"),
    include_str!("../../messages/de/help.ftl"),
    include_str!("../../messages/de/proof.ftl"),
    include_str!("../../messages/de/map.ftl"),
    include_str!("../../messages/de/team.ftl"),
    include_str!("../../messages/de/visit.ftl"),
    include_str!("../../messages/de/workload.ftl"),
    include_str!("../../messages/de/guard.ftl"),
    include_str!("../../messages/de/look.ftl"),
    include_str!("../../messages/de/reviewed.ftl"),
    include_str!("../../messages/de/talks.ftl"),
];

/// What the public pages say in English.
const ENGLISH_FILES: &[&str] = &[include_str!("../../messages/en/public.ftl")];

static GERMAN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(FILES));
static ENGLISH: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(ENGLISH_FILES));

tokio::task_local! {
    /// Does the page that is being made speak English?
    static IN_ENGLISH: ();
}

/// Makes an answer in the language of this code; only English has words of its own, all others get the German ones.
pub async fn speaking<F: Future>(code: &str, making: F) -> F::Output {
    if code == "en" { IN_ENGLISH.scope((), making).await } else { making.await }
}

/// Is the text to be said in English? Only as far as there are English words.
fn in_english(key: &str) -> bool {
    IN_ENGLISH.try_with(|()| ()).is_ok() && ENGLISH.has_message(key)
}

fn bundle(files: &[&str]) -> FluentBundle<FluentResource> {
    let language = unic_langid::LanguageIdentifier::default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The signs that mark inserted values off for right-to-left scripts would end up in page titles and tests.
    bundle.set_use_isolating(false);
    for file in files {
        let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(read, errors)| {
            tracing::error!(?errors, "a message file has mistakes");
            read
        });
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// Texts without values, written out once: a list asks for hundreds of them.
static PLAIN: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let keys = FILES.iter().flat_map(|file| file.lines()).filter_map(|line| line.split_once(" =").map(|(key, _)| key));
    let plain = |key: &&'static str| GERMAN.get_message(key).is_some_and(|message| is_plain(&message));
    keys.filter(plain).map(|key| (key, t_with(key, &[]))).collect()
});

fn is_plain(message: &FluentMessage<'_>) -> bool {
    let elements = message.value().map(|pattern| pattern.elements.as_slice()).unwrap_or_default();
    !elements.is_empty() && elements.iter().all(|element| matches!(element, PatternElement::TextElement { .. }))
}

/// The keys of the English texts.
pub fn english_keys() -> impl Iterator<Item = &'static str> {
    let lines = ENGLISH_FILES.iter().flat_map(|file| file.lines());
    lines.filter_map(|line| line.split_once(" =").map(|(key, _)| key)).filter(|key| !key.starts_with([' ', '#']))
}

/// Is there such a message?
#[must_use]
pub fn has(key: &str) -> bool {
    GERMAN.has_message(key)
}

/// The text of a message.
#[must_use]
pub fn t(key: &str) -> String {
    let plain = if in_english(key) { None } else { PLAIN.get(key) };
    plain.map_or_else(|| t_with(key, &[]), Clone::clone)
}

/// The text of a message with values put in.
#[must_use]
pub fn t_with(key: &str, values: &[(&str, &str)]) -> String {
    let bundle: &FluentBundle<FluentResource> = if in_english(key) { &ENGLISH } else { &GERMAN };
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return format!("«{key}»");
    };
    let mut args = FluentArgs::new();
    for (name, value) in values {
        // Numbers take part in plurals.
        args.set(*name, value.parse::<i64>().map_or_else(|_| FluentValue::from(*value), FluentValue::from));
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned()
}

/// The German sentence of a refusal: which field, what is wrong, what to do.
#[must_use]
pub fn sentence(refusal: &Refusal) -> String {
    let key = rule_key(refusal.rule.code());
    match refusal.cents {
        Some(cents) => t_with(&key, &[("x", &Balance::from_cents(cents).german())]),
        None => t(&key),
    }
}

/// `report.from_the_future` → `rule-report-from-the-future`.
#[must_use]
pub fn rule_key(code: &str) -> String {
    format!("rule-{}", code.replace(['.', '_'], "-"))
}

/// Filters for templates: `{{ "key"|t }}`, `{{ "key"|tx(value) }}` puts `{ $x }` in, `{{ code|word("role") }}`
/// is the message `role-<code>`.
pub mod filters {
    use std::fmt::Display;

    /// The text of a message.
    #[askama::filter_fn]
    pub fn t(key: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
        Ok(super::t(&key.to_string()))
    }

    /// The text of a message with one value, `$x`.
    #[askama::filter_fn]
    pub fn tx<V: Display>(key: impl Display, _: &dyn askama::Values, value: V) -> askama::Result<String> {
        Ok(super::t_with(&key.to_string(), &[("x", &value.to_string())]))
    }

    /// The address of an asset.
    #[askama::filter_fn]
    pub fn asset(name: impl Display, _: &dyn askama::Values) -> askama::Result<String> {
        Ok(crate::kit::assets::address(&name.to_string()))
    }

    /// The word for a code.
    #[askama::filter_fn]
    pub fn word<K: Display>(code: impl Display, _: &dyn askama::Values, kind: K) -> askama::Result<String> {
        Ok(super::t(&format!("{kind}-{code}")))
    }
}
