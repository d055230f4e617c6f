// SPDX-License-Identifier: EUPL-1.2
//! Typed reading of rows, in the order of the statement's columns. A bad row is an error that names the
//! table and the place, never its content.

use crate::db::{StoreError, Value};
use domain::kernel::{Amount, Balance, Day, Moment, Refusal};
use uuid::Uuid;

/// One row of an answer.
#[derive(Debug, Clone)]
pub struct Row {
    values: Vec<Value>,
}

impl Row {
    pub(crate) fn new(values: Vec<Value>) -> Self {
        Self { values }
    }

    /// Starts reading at the first column.
    #[must_use]
    pub fn read(self, table: &'static str) -> Reading {
        Reading { table, at: 0, values: self.values.into_iter() }
    }
}

/// Reads one column after the other.
pub struct Reading {
    table: &'static str,
    at: usize,
    values: std::vec::IntoIter<Value>,
}

impl Reading {
    fn wrong(&self, what: &str) -> StoreError {
        StoreError::Inconsistent(self.table, format!("column {}: {what}", self.at))
    }

    fn next(&mut self) -> Result<Value, StoreError> {
        self.at += 1;
        self.values.next().ok_or_else(|| self.wrong("missing"))
    }

    /// Is there nothing in the next column? It stays to be read.
    #[must_use]
    pub fn next_is_null(&self) -> bool {
        matches!(self.values.as_slice().first(), Some(Value::Null))
    }

    /// An id, typed by what receives it.
    ///
    /// # Errors
    /// When the column is not an id.
    pub fn id<T: From<Uuid>>(&mut self) -> Result<T, StoreError> {
        self.maybe_id()?.ok_or_else(|| self.wrong("no id"))
    }

    /// A bare id.
    ///
    /// # Errors
    /// As [`Reading::id`].
    pub fn uuid(&mut self) -> Result<Uuid, StoreError> {
        self.id()
    }

    /// An id or nothing.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn maybe_id<T: From<Uuid>>(&mut self) -> Result<Option<T>, StoreError> {
        match self.next()? {
            Value::Id(id) => Ok(Some(T::from(id))),
            Value::Null => Ok(None),
            _ => Err(self.wrong("not an id")),
        }
    }

    /// Text.
    ///
    /// # Errors
    /// When the column is not text.
    pub fn text(&mut self) -> Result<String, StoreError> {
        self.maybe_text()?.ok_or_else(|| self.wrong("no text"))
    }

    /// Text or nothing.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn maybe_text(&mut self) -> Result<Option<String>, StoreError> {
        match self.next()? {
            Value::Text(text) => Ok(Some(text)),
            Value::Null => Ok(None),
            _ => Err(self.wrong("not text")),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// When the column is not a number.
    pub fn int(&mut self) -> Result<i64, StoreError> {
        match self.next()? {
            Value::Int(number) => Ok(number),
            _ => Err(self.wrong("not a number")),
        }
    }

    /// A whole number or nothing.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn maybe_int(&mut self) -> Result<Option<i64>, StoreError> {
        match self.next()? {
            Value::Int(number) => Ok(Some(number)),
            Value::Null => Ok(None),
            _ => Err(self.wrong("not a number")),
        }
    }

    /// Cents of something that costs.
    ///
    /// # Errors
    /// When they are no amount.
    pub fn amount(&mut self) -> Result<Amount, StoreError> {
        let cents = self.int()?;
        Amount::from_cents(cents).map_err(|refusal| self.wrong(refusal.rule.code()))
    }

    /// Cents.
    ///
    /// # Errors
    /// As [`Reading::int`].
    pub fn balance(&mut self) -> Result<Balance, StoreError> {
        self.int().map(Balance::from_cents)
    }

    /// A moment.
    ///
    /// # Errors
    /// As [`Reading::int`].
    pub fn moment(&mut self) -> Result<Moment, StoreError> {
        self.int().map(Moment)
    }

    /// A moment or nothing.
    ///
    /// # Errors
    /// When the column holds something else.
    pub fn maybe_moment(&mut self) -> Result<Option<Moment>, StoreError> {
        match self.next()? {
            Value::Int(number) => Ok(Some(Moment(number))),
            Value::Null => Ok(None),
            _ => Err(self.wrong("not a moment")),
        }
    }

    /// A day.
    ///
    /// # Errors
    /// When the column is not an ISO day.
    pub fn day(&mut self) -> Result<Day, StoreError> {
        self.parsed(Day::parse)
    }

    /// A day or nothing.
    ///
    /// # Errors
    /// As [`Reading::day`].
    pub fn maybe_day(&mut self) -> Result<Option<Day>, StoreError> {
        self.maybe_parsed(Day::parse)
    }

    /// Text that a domain type reads.
    ///
    /// # Errors
    /// When the domain refuses it.
    pub fn parsed<T>(&mut self, parse: impl Fn(&str) -> Result<T, Refusal>) -> Result<T, StoreError> {
        let text = self.text()?;
        parse(&text).map_err(|refusal| self.wrong(refusal.rule.code()))
    }

    /// Text that a domain type reads, or nothing.
    ///
    /// # Errors
    /// As [`Reading::parsed`].
    pub fn maybe_parsed<T>(&mut self, parse: impl Fn(&str) -> Result<T, Refusal>) -> Result<Option<T>, StoreError> {
        let Some(text) = self.maybe_text()? else { return Ok(None) };
        parse(&text).map(Some).map_err(|refusal| self.wrong(refusal.rule.code()))
    }

    /// One of the codes of an enum, or nothing.
    ///
    /// # Errors
    /// When the code is unknown.
    pub fn maybe_code<T>(&mut self, from: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
        let Some(text) = self.maybe_text()? else { return Ok(None) };
        from(&text).map(Some).ok_or_else(|| self.wrong("unknown code"))
    }

    /// One of the codes of an enum.
    ///
    /// # Errors
    /// When the code is unknown.
    pub fn code<T>(&mut self, from: impl Fn(&str) -> Option<T>) -> Result<T, StoreError> {
        let text = self.text()?;
        from(&text).ok_or_else(|| self.wrong("unknown code"))
    }
}
