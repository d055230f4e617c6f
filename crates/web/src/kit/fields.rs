// SPDX-License-Identifier: EUPL-1.2
//! Forms as they are shown: each field with label, hint, what was typed, and what is wrong with it.
//!
//! A field `name` in a form with prefix `intake` takes its texts from the messages `intake-name`,
//! `intake-name-hint` (optional) and shows "optional" unless it is required.

use super::form::FormData;
use super::messages::{has, sentence, t};
use super::parse::AGAIN;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::kernel::{AMOUNT_UNUSUAL, Day, Moment, Refusals};
use std::fmt;
use uuid::Uuid;

/// Something to choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
}

impl Choice {
    /// A value and its label.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into() }
    }

    /// The codes of an enum with their words: messages `<kind>-<code>`.
    #[must_use]
    pub fn words(kind: &str, codes: &[&str]) -> Vec<Self> {
        codes.iter().map(|code| Self::new(code, t(&format!("{kind}-{code}")))).collect()
    }
}

/// A form on its way to the page.
#[derive(Debug, Clone)]
pub struct FormView {
    prefix: &'static str,
    key: Uuid,
    values: Vec<(String, String)>,
    errors: Vec<(&'static str, String)>,
    /// Fields with an unusual amount that is confirmed by sending it once more.
    asked_again: Vec<&'static str>,
    /// Key of the drafts, if long texts are saved while typing.
    pub draft: Option<String>,
    /// When a draft was saved, `hh:mm`.
    pub draft_saved: Option<String>,
}

impl FormView {
    /// An empty form; `key` is made fresh for each showing.
    #[must_use]
    pub fn new(prefix: &'static str, key: Uuid) -> Self {
        Self {
            prefix,
            key,
            values: Vec::new(),
            errors: Vec::new(),
            asked_again: Vec::new(),
            draft: None,
            draft_saved: None,
        }
    }

    /// The form as it was sent, with what is wrong. It keeps the key: nothing was done with it yet.
    #[must_use]
    pub fn refused(mut self, sent: &FormData, wrong: &Refusals) -> Self {
        self.values = sent.fields().to_vec();
        let unusual = wrong.list().iter().filter(|refusal| refusal.rule == AMOUNT_UNUSUAL);
        self.asked_again = unusual.map(|refusal| refusal.field).collect();
        self.errors = wrong.list().iter().map(|refusal| (refusal.field, sentence(refusal))).collect();
        self
    }

    /// Does it take its texts from this prefix?
    #[must_use]
    pub fn is_for(&self, prefix: &str) -> bool {
        self.prefix == prefix
    }

    /// With a value to begin with.
    #[must_use]
    pub fn with(mut self, field: &str, value: impl ToString) -> Self {
        if !self.values.iter().any(|(name, _)| name == field) {
            self.values.push((field.to_owned(), value.to_string()));
        }
        self
    }

    /// With several values of one field to begin with.
    #[must_use]
    pub fn with_each(mut self, field: &str, values: &[&str]) -> Self {
        if !self.values.iter().any(|(name, _)| name == field) {
            self.values.extend(values.iter().map(|value| (field.to_owned(), (*value).to_owned())));
        }
        self
    }

    /// With texts saved while typing: the key of the drafts, and what was typed before.
    #[must_use]
    pub fn with_drafts(mut self, key: String, drafts: Vec<(String, String, Moment)>) -> Self {
        self.draft = Some(key);
        self.draft_saved = drafts.iter().map(|(_, _, at)| *at).max().map(Moment::clock);
        for (field, words, _) in drafts {
            self = self.with(&field, words);
        }
        self
    }

    /// Is something wrong?
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Was anything typed there, or is something wrong with it?
    #[must_use]
    pub fn holds(&self, field: &str) -> bool {
        !self.value(field).trim().is_empty() || self.errors.iter().any(|(name, _)| *name == field)
    }

    /// What was typed there.
    #[must_use]
    pub fn typed(&self, field: &str) -> &str {
        self.value(field)
    }

    fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn field<'a>(&'a self, name: &'a str, kind: &'a str) -> Field<'a> {
        let label = format!("{}-{}", self.prefix, name.replace('_', "-"));
        let hint = Some(format!("{label}-hint")).filter(|key| has(key)).map(|key| t(&key));
        let hint = hint.or_else(|| date_hint(kind));
        let error = self.errors.iter().find(|(field, _)| *field == name).map(|(_, text)| text.as_str());
        Field {
            id: format!("{}-{}", self.prefix, name.replace('_', "-")),
            name,
            kind,
            label: t(&label),
            hint,
            error,
            // A password is never shown again, whatever was wrong.
            value: if kind == "password" { String::new() } else { in_german(kind, self.value(name)) },
            completes: "",
            again: self.asked_again.contains(&name) || !self.value(&format!("{name}{AGAIN}")).is_empty(),
            values: self.values.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect(),
            required: true,
            autosave: self.draft.is_some(),
            choices: &[],
            list: &[],
            all: None,
        }
    }

    /// Its key, for a form that is a button alone.
    #[must_use]
    pub fn key(&self) -> Uuid {
        self.key
    }

    /// The hidden key, and what is wrong with the form as a whole.
    #[must_use]
    pub fn head(&self) -> Head<'_> {
        let id = |field: &str| format!("#{}-{}", self.prefix, field.replace('_', "-"));
        let errors = self.errors.iter().map(|(field, text)| {
            let target = if field.is_empty() { String::new() } else { id(field) };
            (target, text.as_str())
        });
        Head { key: Some(self.key), errors: errors.collect() }
    }

    /// What is wrong with a form that only asks: it has no key, so that its address can be handed on.
    #[must_use]
    pub fn errors(&self) -> Head<'_> {
        Head { key: None, ..self.head() }
    }

    /// A line of text.
    #[must_use]
    pub fn text<'a>(&'a self, name: &'a str) -> Field<'a> {
        self.field(name, "text")
    }

    /// A field of another kind of `<input>`: `date`, `datetime-local`, `email`, `password`, `number`.
    #[must_use]
    pub fn input<'a>(&'a self, name: &'a str, kind: &'a str) -> Field<'a> {
        self.field(name, kind)
    }

    /// A long text.
    #[must_use]
    pub fn area<'a>(&'a self, name: &'a str) -> Field<'a> {
        self.field(name, "area")
    }

    /// A choice out of a list.
    #[must_use]
    pub fn select<'a>(&'a self, name: &'a str, choices: &'a [Choice]) -> Field<'a> {
        Field { choices, ..self.field(name, "select") }
    }

    /// A choice out of a few, all visible, none chosen beforehand (N24).
    #[must_use]
    pub fn radios<'a>(&'a self, name: &'a str, choices: &'a [Choice]) -> Field<'a> {
        Field { choices, ..self.field(name, "radio") }
    }

    /// Any number out of a few.
    #[must_use]
    pub fn checks<'a>(&'a self, name: &'a str, choices: &'a [Choice]) -> Field<'a> {
        Field { choices, ..self.field(name, "checkbox") }
    }

    /// A line of text with proposals.
    #[must_use]
    pub fn proposing<'a>(&'a self, name: &'a str, list: &'a [String]) -> Field<'a> {
        Field { list, ..self.field(name, "text") }
    }

    /// A value sent along unseen.
    #[must_use]
    pub fn hidden<'a>(&'a self, name: &'a str) -> Field<'a> {
        self.field(name, "hidden")
    }

    /// "Entwurf gespeichert um …", for the end of a form with drafts.
    #[must_use]
    pub fn draft_state(&self) -> DraftState<'_> {
        DraftState { draft: self.draft.is_some(), saved: self.draft_saved.as_deref() }
    }
}

/// One field.
#[derive(Debug, Template)]
#[template(path = "kit/field.html")]
pub struct Field<'a> {
    id: String,
    name: &'a str,
    kind: &'a str,
    label: String,
    hint: Option<String>,
    error: Option<&'a str>,
    value: String,
    completes: &'a str,
    again: bool,
    values: Vec<&'a str>,
    required: bool,
    autosave: bool,
    choices: &'a [Choice],
    list: &'a [String],
    /// What an empty filter means.
    all: Option<String>,
}

/// Days are typed as Germans write them: a browser's own date field shows them in the order of its own language.
fn date_hint(kind: &str) -> Option<String> {
    match kind {
        "date" => Some(t("date-hint")),
        "datetime-local" => Some(t("moment-hint")),
        _ => None,
    }
}

/// A day or moment as Germans write it; what cannot be read stays as it was typed.
fn in_german(kind: &str, value: &str) -> String {
    let german = match kind {
        "date" => Day::parse(value).ok().map(Day::german),
        "datetime-local" => Moment::parse_local(value).ok().map(|at| format!("{}, {}", at.day().german(), at.clock())),
        _ => None,
    };
    german.unwrap_or_else(|| value.to_owned())
}

impl<'a> Field<'a> {
    /// The kind of `<input>`.
    fn input_type(&self) -> &'a str {
        if matches!(self.kind, "date" | "datetime-local") { "text" } else { self.kind }
    }

    /// What the browser may fill in: a token of HTML's `autocomplete`.
    #[must_use]
    pub fn completes(self, token: &'a str) -> Self {
        Self { completes: token, ..self }
    }

    /// May be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { required: false, ..self }
    }

    /// A filter: left empty it means all, and says so in this message.
    #[must_use]
    pub fn any(self, all: &str) -> Self {
        Self { required: false, all: Some(t(all)), ..self }
    }

    fn described_by(&self) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.map(|_| format!("{}-error", self.id));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn is_chosen(&self, choice: &Choice) -> bool {
        self.values.contains(&choice.value.as_str())
    }
}

impl HtmlSafe for Field<'_> {}

/// Hidden key and error summary.
#[derive(Debug, Template)]
#[template(path = "kit/form_head.html")]
pub struct Head<'a> {
    key: Option<Uuid>,
    errors: Vec<(String, &'a str)>,
}

impl HtmlSafe for Head<'_> {}

/// The state of the draft.
#[derive(Debug)]
pub struct DraftState<'a> {
    draft: bool,
    saved: Option<&'a str>,
}

impl fmt::Display for DraftState<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.draft {
            return Ok(());
        }
        let text = self.saved.map(|clock| super::messages::t_with("draft-saved", &[("x", clock)])).unwrap_or_default();
        write!(f, "<p class=\"draft-state\" data-draft-state aria-live=\"polite\">{text}</p>")
    }
}

impl HtmlSafe for DraftState<'_> {}

use super::messages::filters;
