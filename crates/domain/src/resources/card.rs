// SPDX-License-Identifier: EUPL-1.2
//! What stands on a card, and the one reader of it for pages, API, files, proposals and what a merge keeps.

use super::consent::Consent;
use super::times::{Schedule, read_times};
use super::words::{Barrier, Basis, CardKind, ConsentForm, CostKind, Language, Topic, Visibility};
use crate::kernel::{Day, Line, Note, Refusal, Refusals, Rule};

/// Something that is not on offer was chosen, or nothing at all.
pub const CARD_CHOICE: Rule = Rule::new("card.choice", "Pflichtangabe");
/// A number that cannot be one.
pub const CARD_NUMBER: Rule = Rule::new("card.number", "Wertebereich");
/// The oldest is younger than the youngest.
pub const CARD_AGES: Rule = Rule::new("card.ages", "Wertebereich");
/// An event without its day.
pub const EVENT_WITHOUT_DAY: Rule = Rule::new("card.event_without_day", "RFC 5545");
/// A card of a private person without what the person agreed to.
pub const CONSENT_MISSING: Rule = Rule::new("card.consent_missing", "§ 67b SGB X, Art. 6, 7 DSGVO");
/// Shown more widely than the person agreed to.
pub const CONSENT_NARROWER: Rule = Rule::new("card.consent_narrower", "§ 67b SGB X, Art. 7 DSGVO");
/// A place on the map with a card of a private person.
pub const PERSON_WITHOUT_POINT: Rule = Rule::new("card.person_without_point", "Art. 5(1)(c) DSGVO");
/// What a person can do or likes to receive, on a card of something that is no person.
pub const ONLY_OF_PERSON: Rule = Rule::new("card.only_of_person", "Art. 5(1)(c) DSGVO");

/// What is on a card.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Ressourcenkarte")]
pub struct CardContent {
    /// Name.
    pub name: Line,
    /// Kind.
    pub kind: CardKind,
    /// What it is about; at least one.
    pub topics: Vec<Topic>,
    /// What there is.
    pub about: Note,
    /// More words under which people look for it.
    pub keywords: Option<Line>,
    /// The address, as people write it.
    pub place: Option<Line>,
    /// Latitude and longitude, `53.6051, 9.9123`; never of a private person.
    pub point: Option<Line>,
    /// How to reach it.
    pub contact: Option<Line>,
    /// Page in the web.
    pub web: Option<Line>,
    /// Who opens the door; professionals only.
    pub key_person: Option<Line>,
    /// Who else has a say; professionals only.
    pub second_person: Option<Line>,
    /// For whom, and how one gets in.
    pub conditions: Option<Line>,
    /// What a private person can do and gives to others.
    pub skills: Option<Line>,
    /// What a private person likes to receive; professionals only, who give it on.
    pub likes: Option<Line>,
    /// What it costs.
    pub cost: Option<CostKind>,
    /// How much.
    pub cost_note: Option<Line>,
    /// Languages spoken.
    pub languages: Vec<Language>,
    /// What is free of barriers.
    pub barriers: Vec<Barrier>,
    /// From this age, in years.
    pub age_from: Option<i64>,
    /// To this age, in years.
    pub age_to: Option<i64>,
    /// When.
    pub times: Vec<Schedule>,
    /// Free places, as of the day of confirmation.
    pub free_places: Option<i64>,
    /// So many are waiting.
    pub waiting: Option<i64>,
    /// Paragraphs of SGB VIII.
    pub basis: Vec<Basis>,
    /// Who may see it.
    pub visibility: Visibility,
    /// What a private person agreed to.
    pub consent: Option<Consent>,
}

/// Something with fields: a form, a row of a file, a proposal.
pub trait Fields {
    /// All values of a field; nothing if there is none.
    fn all(&self, field: &str) -> Vec<&str>;
}

impl<K: AsRef<str>, V: AsRef<str>> Fields for [(K, V)] {
    fn all(&self, field: &str) -> Vec<&str> {
        self.iter().filter(|(name, _)| name.as_ref() == field).map(|(_, value)| value.as_ref()).collect()
    }
}

struct Reader<'a, F: Fields + ?Sized> {
    fields: &'a F,
    wrong: Refusals,
}

impl<F: Fields + ?Sized> Reader<'_, F> {
    fn one<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Result<T, Refusal>) -> Option<T> {
        let text = self.fields.all(field).first().copied().unwrap_or_default();
        self.wrong.take(field, read(text))
    }

    fn maybe<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Result<T, Refusal>) -> Option<Option<T>> {
        self.one(field, |text| if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) })
    }

    fn line(&mut self, field: &'static str) -> Option<Option<Line>> {
        self.one(field, Line::optional)
    }

    fn code<T>(&mut self, field: &'static str, from: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.one(field, |text| from(text.trim()).ok_or(CARD_CHOICE.broken()))
    }

    /// Several codes: several values, or one with blanks or commas between.
    fn codes<T: Ord>(&mut self, field: &'static str, from: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
        let values = self.fields.all(field);
        let words = values.iter().flat_map(|value| value.split([' ', ','])).filter(|word| !word.is_empty());
        let all: Result<Vec<T>, Refusal> = words.map(|word| from(word).ok_or(CARD_CHOICE.broken())).collect();
        let mut all = self.wrong.take(field, all)?;
        all.sort();
        all.dedup();
        Some(all)
    }

    fn number(&mut self, field: &'static str, most: i64) -> Option<Option<i64>> {
        self.maybe(field, |text| match text.trim().parse::<i64>() {
            Ok(number) if (0..=most).contains(&number) => Ok(number),
            _ => Err(CARD_NUMBER.broken()),
        })
    }

    fn consent(&mut self) -> Option<Option<Consent>> {
        let named = ["consent_on", "consent_until", "consent_scope", "consent_form"];
        if named.iter().all(|field| self.fields.all(field).iter().all(|text| text.trim().is_empty())) {
            return Some(None);
        }
        let (on, until) = (self.one("consent_on", Day::parse), self.one("consent_until", Day::parse));
        let scope = self.code("consent_scope", Visibility::from_code);
        let form = self.code("consent_form", ConsentForm::from_code);
        let revoked = self.maybe("consent_revoked", Day::parse);
        let consent =
            (|| Some(Consent { given_on: on?, until: until?, scope: scope?, form: form?, revoked_on: revoked? }))()?;
        self.wrong.take("consent_until", consent.check()).map(|()| Some(consent))
    }
}

/// A point as maps on telephones share it.
fn point(text: &str) -> Result<Line, Refusal> {
    let degrees = text.split([',', ';']).map(|part| part.trim().parse::<f64>().ok()).collect::<Option<Vec<f64>>>();
    match degrees.as_deref() {
        Some([latitude, longitude]) => {
            crate::territory::Point::from_wgs84(*latitude, *longitude)?;
            Line::parse(text)
        }
        _ => Err(crate::territory::POINT_NOT_A_NUMBER.broken()),
    }
}

impl CardContent {
    /// Reads a card from fields, with every mistake at its field.
    ///
    /// # Errors
    /// All that is wrong.
    pub fn read<F: Fields + ?Sized>(fields: &F) -> Result<Self, Refusals> {
        let mut read = Reader { fields, wrong: Refusals::default() };
        let (name, kind) = (read.one("name", Line::parse), read.code("kind", CardKind::from_code));
        let topics = read.codes("topics", Topic::from_code);
        let (about, keywords) = (read.one("about", Note::parse), read.line("keywords"));
        let (place, at, contact) = (read.line("place"), read.maybe("point", point), read.line("contact"));
        let (web, key_person) = (read.line("web"), read.line("key_person"));
        let (second_person, conditions) = (read.line("second_person"), read.line("conditions"));
        let (skills, likes) = (read.line("skills"), read.line("likes"));
        let cost = read.maybe("cost", |text| CostKind::from_code(text).ok_or(CARD_CHOICE.broken()));
        let (cost_note, languages) = (read.line("cost_note"), read.codes("languages", Language::from_code));
        let barriers = read.codes("barriers", Barrier::from_code);
        let (age_from, age_to) = (read.number("age_from", 120), read.number("age_to", 120));
        let times = read.one("times", read_times);
        let (free_places, waiting) = (read.number("free_places", 100_000), read.number("waiting", 100_000));
        let (basis, visibility) =
            (read.codes("basis", Basis::from_code), read.code("visibility", Visibility::from_code));
        let consent = read.consent();
        let value = (|| {
            Some(Self {
                name: name?,
                kind: kind?,
                topics: topics?,
                about: about?,
                keywords: keywords?,
                place: place?,
                point: at?,
                contact: contact?,
                web: web?,
                key_person: key_person?,
                second_person: second_person?,
                conditions: conditions?,
                skills: skills?,
                likes: likes?,
                cost: cost?,
                cost_note: cost_note?,
                languages: languages?,
                barriers: barriers?,
                age_from: age_from?,
                age_to: age_to?,
                times: times?,
                free_places: free_places?,
                waiting: waiting?,
                basis: basis?,
                visibility: visibility?,
                consent: consent?,
            })
        })();
        let mut wrong = read.wrong;
        value.iter().flat_map(Self::faults).for_each(|fault| wrong.note(fault));
        wrong.finish(value)
    }

    /// What does not go together.
    fn faults(&self) -> Vec<Refusal> {
        let person = self.kind == CardKind::Person;
        let wider = self.consent.as_ref().is_some_and(|consent| self.visibility > consent.scope);
        let ages = matches!((self.age_from, self.age_to), (Some(from), Some(to)) if from > to);
        [
            (self.topics.is_empty(), CARD_CHOICE.broken_at("topics")),
            (ages, CARD_AGES.broken_at("age_to")),
            (self.kind == CardKind::Event && self.times.is_empty(), EVENT_WITHOUT_DAY.broken_at("times")),
            (person && self.consent.is_none(), CONSENT_MISSING.broken_at("consent_until")),
            (wider, CONSENT_NARROWER.broken_at("visibility")),
            (person && self.point.is_some(), PERSON_WITHOUT_POINT.broken_at("point")),
            (!person && self.skills.is_some(), ONLY_OF_PERSON.broken_at("skills")),
            (!person && self.likes.is_some(), ONLY_OF_PERSON.broken_at("likes")),
        ]
        .into_iter()
        .filter_map(|(broken, refusal)| broken.then_some(refusal))
        .collect()
    }

    /// The card as fields, which [`CardContent::read`] reads again. Fields with nothing in them are left out.
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let line = |line: &Option<Line>| line.as_ref().map(|line| line.as_str().to_owned());
        let number = |number: Option<i64>| number.map(|number| number.to_string());
        let mut all = vec![
            ("name", Some(self.name.as_str().to_owned())),
            ("kind", Some(self.kind.code().to_owned())),
            ("topics", Some(joined(&self.topics, |one| one.code()))),
            ("about", Some(self.about.as_str().to_owned())),
            ("keywords", line(&self.keywords)),
            ("place", line(&self.place)),
            ("point", line(&self.point)),
            ("contact", line(&self.contact)),
            ("web", line(&self.web)),
            ("key_person", line(&self.key_person)),
            ("second_person", line(&self.second_person)),
            ("conditions", line(&self.conditions)),
            ("skills", line(&self.skills)),
            ("likes", line(&self.likes)),
            ("cost", self.cost.map(|cost| cost.code().to_owned())),
            ("cost_note", line(&self.cost_note)),
            ("languages", Some(joined(&self.languages, |one| one.code()))),
            ("barriers", Some(joined(&self.barriers, |one| one.code()))),
            ("age_from", number(self.age_from)),
            ("age_to", number(self.age_to)),
            ("times", Some(self.times.iter().map(Schedule::german).collect::<Vec<_>>().join("\n"))),
            ("free_places", number(self.free_places)),
            ("waiting", number(self.waiting)),
            ("basis", Some(joined(&self.basis, |one| one.code()))),
            ("visibility", Some(self.visibility.code().to_owned())),
        ];
        if let Some(consent) = &self.consent {
            all.push(("consent_on", Some(consent.given_on.to_string())));
            all.push(("consent_until", Some(consent.until.to_string())));
            all.push(("consent_scope", Some(consent.scope.code().to_owned())));
            all.push(("consent_form", Some(consent.form.code().to_owned())));
            all.push(("consent_revoked", consent.revoked_on.map(|day| day.to_string())));
        }
        let filled =
            |(name, value): (&'static str, Option<String>)| Some((name, value.filter(|text| !text.is_empty())?));
        all.into_iter().filter_map(filled).collect()
    }

    /// Nothing of it will take place any more.
    #[must_use]
    pub fn is_over(&self, today: Day) -> bool {
        !self.times.is_empty() && self.times.iter().all(|time| time.is_over(today))
    }
}

/// Codes with blanks between.
#[must_use]
pub fn joined<T: Copy>(all: &[T], code: impl Fn(T) -> &'static str) -> String {
    all.iter().map(|one| code(*one)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "card_tests.rs"]
mod tests;
