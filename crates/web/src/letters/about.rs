// SPDX-License-Identifier: EUPL-1.2
//! What a letter tells of, in words and forms: decisions, endings, children, guardians.

use crate::casework::sheet::help_name;
use crate::kit::messages::sentence;
use crate::kit::parse::{CHOICE_MISSING, Parser};
use crate::kit::{Choice, FormData, t_with};
use app::letters::{Bound, NewLetter, Recipient};
use domain::kernel::{PersonId, Refusals};
use domain::letters::{About, LetterKind, Told};
use uuid::Uuid;

/// `plan:<id>` or `ending:<id>`.
pub(super) fn about_code(about: About) -> String {
    match about {
        About::Plan(id) => format!("plan:{id}"),
        About::Ending(id) => format!("ending:{id}"),
    }
}

/// Reads it back.
pub(crate) fn read_about(text: &str) -> Option<About> {
    match text.split_once(':') {
        Some(("plan", id)) => Uuid::parse_str(id).ok().map(|id| About::Plan(id.into())),
        Some(("ending", id)) => Uuid::parse_str(id).ok().map(|id| About::Ending(id.into())),
        _ => None,
    }
}

/// "Entscheidung vom 20.11.2026: Sozialpädagogische Familienhilfe"
fn told_name(told: &Told) -> String {
    let key = match (told.about, told.granted) {
        (About::Ending(_), _) => "letter-about-ending",
        (About::Plan(_), true) => "letter-about-granted",
        (About::Plan(_), false) => "letter-about-refused",
    };
    t_with(key, &[("on", &told.decided_on.german()), ("help", &help_name(told.help.code()))])
}

/// What a letter may be about, to choose from.
pub(super) fn told_choices(all: &[Told]) -> Vec<Choice> {
    all.iter().map(|told| Choice::new(about_code(told.about), told_name(told))).collect()
}

/// What is told, and whom it concerns, in words; nothing while it is unclear.
pub(super) fn bound_words(bound: &Bound) -> Vec<String> {
    let concerned = bound.young.iter().filter(|(id, _)| bound.children.contains(id));
    let names: Vec<&str> = concerned.map(|(_, name)| name.as_str()).collect();
    let children = (!names.is_empty()).then(|| t_with("letter-concerns", &[("x", &names.join(", "))]));
    bound.told.as_ref().map(told_name).into_iter().chain(children).collect()
}

/// `person:<id>`, `report:<id>`, `guardian:<name>`, `file`; another body is typed.
fn recipient(form: &FormData) -> Option<Recipient> {
    if form.value("to") == "file" {
        return Some(Recipient::File);
    }
    match form.value("to").split_once(':') {
        Some(("person", id)) => Uuid::parse_str(id).ok().map(|id| Recipient::Person(id.into())),
        Some(("report", id)) => Uuid::parse_str(id).ok().map(|id| Recipient::Reporter(id.into())),
        Some(("guardian", name)) => {
            Some(Recipient::Outside(name.to_owned(), form.value("to_address").trim().to_owned()))
        }
        _ => None,
    }
}

/// Reads what a form says of a decision or an ending and of children.
pub(super) fn parse_about(form: &FormData) -> Result<(Option<About>, Vec<PersonId>), Refusals> {
    let mut read = Parser::new(form);
    let about = read.with("about", |typed| match typed.trim() {
        "" => Ok(None),
        typed => read_about(typed).map(Some).ok_or(CHOICE_MISSING.broken()),
    });
    let children = read.ids::<PersonId>("children");
    read.finish(about.zip(children))
}

/// Reads a letter to begin.
pub(super) fn parse_new(form: &FormData) -> Result<NewLetter, Refusals> {
    let (about, children) = parse_about(form)?;
    let mut read = Parser::new(form);
    let kind = read.code("kind", LetterKind::from_code);
    let to = if form.value("to") == "outside" {
        let (name, address) = (read.line("to_name"), read.maybe_note("to_address"));
        let address = address.map(|note| note.map(|note| note.as_str().to_owned()).unwrap_or_default());
        name.zip(address).map(|(name, address)| Recipient::Outside(name.as_str().to_owned(), address))
    } else {
        read.with("to", |_| recipient(form).ok_or(CHOICE_MISSING.broken()))
    };
    read.finish(kind.zip(to).map(|(kind, to)| NewLetter { kind, to, about, children }))
}

/// What keeps a letter from being released, in words.
pub(super) fn obstacle_words(bound: &Bound) -> Vec<String> {
    bound.obstacles.iter().map(sentence).collect()
}
