// SPDX-License-Identifier: EUPL-1.2
//! Named refusals: one name joins law, code, German sentence, audit and test.

/// A rule with its source. The German sentence stands in the message file under `rule-…`.
#[derive(Debug, PartialEq, Eq, Clone, Copy, Hash)]
#[doc(alias = "Regel")]
pub struct Rule {
    code: &'static str,
    source: &'static str,
}

impl Rule {
    /// Declares a rule: a code (`room.what`) and the paragraph or reason it rests on.
    #[must_use]
    pub const fn new(code: &'static str, source: &'static str) -> Self {
        Self { code, source }
    }

    /// `room.what`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The paragraph of law or the reason.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// The refusal that follows from breaking this rule.
    #[must_use]
    pub const fn broken(self) -> Refusal {
        self.broken_at("")
    }

    /// The refusal, pointing at a field of the form.
    #[must_use]
    pub const fn broken_at(self, field: &'static str) -> Refusal {
        Refusal { rule: self, field, cents: None }
    }
}

/// A rule that was broken, and the field it concerns (empty: the whole).
#[derive(Debug, PartialEq, Eq, Clone, Copy, Hash)]
#[doc(alias = "Ablehnung")]
pub struct Refusal {
    /// The rule.
    pub rule: Rule,
    /// The form's field name, or empty.
    pub field: &'static str,
    /// The amount that the sentence names: a limit, a proposal. In cents.
    pub cents: Option<i64>,
}

impl Refusal {
    /// The same refusal, pointing at a field of the form.
    #[must_use]
    pub const fn at(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    /// The same refusal, naming an amount in its sentence.
    #[must_use]
    pub const fn saying(self, cents: i64) -> Self {
        Self { cents: Some(cents), ..self }
    }
}

/// Everything that is wrong with an input, collected, so that nobody has to try again and again.
#[derive(Debug, Default, PartialEq, Eq, Clone)]
#[doc(alias = "Ablehnungen")]
pub struct Refusals(Vec<Refusal>);

impl Refusals {
    /// Keeps the value, or notes the refusal at this field.
    pub fn take<T>(&mut self, field: &'static str, outcome: Result<T, Refusal>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.0.push(refusal.at(field));
                None
            }
        }
    }

    /// Notes a broken rule.
    pub fn note(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }

    /// Is nothing wrong?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of the form.
    #[must_use]
    pub fn list(&self) -> &[Refusal] {
        &self.0
    }

    /// Ends the collection: the value, unless something was wrong.
    ///
    /// # Errors
    /// All refusals noted so far; `None` without a refusal cannot happen, as `take` notes one.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self),
        }
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Self(vec![refusal])
    }
}
