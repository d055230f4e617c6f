// SPDX-License-Identifier: EUPL-1.2
//! From typed text to domain values, with every mistake collected at its field.

use super::form::FormData;
use domain::kernel::{AMOUNT_UNUSUAL, Amount, Day, Line, Moment, Note, PersonName, Refusal, Refusals, Rule};
use uuid::Uuid;

/// Nothing was chosen, or something that is not on offer.
pub const CHOICE_MISSING: Rule = Rule::new("choice.missing", "Pflichtangabe");

/// Ending of the hidden field by which an unusual amount is confirmed.
pub const AGAIN: &str = "_again";

/// Reads the fields of a form and collects what is wrong.
pub struct Parser<'a> {
    form: &'a FormData,
    wrong: Refusals,
}

impl<'a> Parser<'a> {
    /// Over a form.
    #[must_use]
    pub fn new(form: &'a FormData) -> Self {
        Self { form, wrong: Refusals::default() }
    }

    /// Any field through any reader.
    pub fn with<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Result<T, Refusal>) -> Option<T> {
        self.wrong.take(field, read(self.form.value(field)))
    }

    /// A line that must be there.
    pub fn line(&mut self, field: &'static str) -> Option<Line> {
        self.with(field, Line::parse)
    }

    /// A line or nothing; the outer `None` is a mistake.
    pub fn maybe_line(&mut self, field: &'static str) -> Option<Option<Line>> {
        self.with(field, Line::optional)
    }

    /// A long text that must be there.
    pub fn note(&mut self, field: &'static str) -> Option<Note> {
        self.with(field, Note::parse)
    }

    /// A long text or nothing.
    pub fn maybe_note(&mut self, field: &'static str) -> Option<Option<Note>> {
        self.with(field, Note::optional)
    }

    /// A name that must be there.
    pub fn name(&mut self, field: &'static str) -> Option<PersonName> {
        self.with(field, PersonName::parse)
    }

    /// A name or nothing.
    pub fn maybe_name(&mut self, field: &'static str) -> Option<Option<PersonName>> {
        self.maybe(field, PersonName::parse)
    }

    /// A day that must be there.
    pub fn day(&mut self, field: &'static str) -> Option<Day> {
        self.with(field, Day::parse)
    }

    /// A day or nothing.
    pub fn maybe_day(&mut self, field: &'static str) -> Option<Option<Day>> {
        self.maybe(field, Day::parse)
    }

    /// A moment that must be there.
    pub fn moment(&mut self, field: &'static str) -> Option<Moment> {
        self.with(field, Moment::parse_local)
    }

    /// Euros that must be there.
    pub fn euro(&mut self, field: &'static str) -> Option<Amount> {
        let read = self.asking_again(field);
        self.with(field, read)
    }

    /// Euros or nothing.
    pub fn maybe_euro(&mut self, field: &'static str) -> Option<Option<Amount>> {
        let read = self.asking_again(field);
        self.maybe(field, read)
    }

    /// Reads euros; an unusually high amount must be sent twice, the second time with the page's question answered.
    fn asking_again(&self, field: &str) -> impl Fn(&str) -> Result<Amount, Refusal> + use<> {
        let answered = self.form.value(&format!("{field}{AGAIN}")).to_owned();
        move |text| {
            let amount = Amount::parse_euro(text)?;
            if amount.is_unusual() && answered != text { Err(AMOUNT_UNUSUAL.broken()) } else { Ok(amount) }
        }
    }

    /// One of the codes on offer.
    pub fn code<T>(&mut self, field: &'static str, from: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.with(field, |text| from(text).ok_or(CHOICE_MISSING.broken()))
    }

    /// An id that must be chosen.
    pub fn id<T: From<Uuid>>(&mut self, field: &'static str) -> Option<T> {
        self.code(field, |text| Uuid::parse_str(text).ok().map(T::from))
    }

    /// An id or nothing.
    pub fn maybe_id<T: From<Uuid>>(&mut self, field: &'static str) -> Option<Option<T>> {
        self.maybe(field, |text| Uuid::parse_str(text).map(T::from).or(Err(CHOICE_MISSING.broken())))
    }

    /// All ids of a field that may come several times; each at most once.
    pub fn ids<T: From<Uuid>>(&mut self, field: &'static str) -> Option<Vec<T>> {
        let all = self.form.values(field).map(|text| Uuid::parse_str(text).or(Err(CHOICE_MISSING.broken())));
        let mut all = self.wrong.take(field, all.collect::<Result<Vec<Uuid>, Refusal>>())?;
        all.sort_unstable();
        all.dedup();
        Some(all.into_iter().map(T::from).collect())
    }

    /// The lines of a text, one item each; blank lines are left out.
    pub fn lines(&mut self, field: &'static str) -> Option<Vec<Line>> {
        self.with(field, |text| text.lines().filter(|line| !line.trim().is_empty()).map(Line::parse).collect())
    }

    /// All values of a field that may come several times, as lines.
    pub fn each_line(&mut self, field: &'static str) -> Option<Vec<Line>> {
        let all = self.form.values(field).filter(|text| !text.trim().is_empty()).map(Line::parse).collect();
        self.wrong.take(field, all)
    }

    /// Nothing if the field is blank, else through a reader.
    pub fn maybe<T>(&mut self, field: &'static str, read: impl Fn(&str) -> Result<T, Refusal>) -> Option<Option<T>> {
        self.with(field, |text| if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) })
    }

    /// Notes what a rule of the domain found; it names its fields itself.
    pub fn note_all(&mut self, refusals: Vec<Refusal>) {
        refusals.into_iter().for_each(|refusal| self.wrong.note(refusal));
    }

    /// Ends the reading: the value, unless something was wrong.
    ///
    /// # Errors
    /// All mistakes of the form.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Refusals> {
        self.wrong.finish(value)
    }
}
