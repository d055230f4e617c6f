// SPDX-License-Identifier: EUPL-1.2
//! What reading one file may cost. A small file can hold a large one: texts that cells share, things that are told again
//! for each of many others, packed nothing. So everything that is made of a file is counted while it is made, and the
//! first limit that breaks is named.

use super::{Fault, Said};
use crate::territory::Severity;

/// Bytes of one megabyte.
const MEGABYTE: usize = 1024 * 1024;
/// Megabytes that all parts of a packed file have together (own rule: two are read at once on a small machine).
pub const MOST_INFLATED: usize = 128;
/// Megabytes of text in all cells together.
pub const MOST_TEXT: usize = 64;
/// Cells of a table, or things and fields of a data file.
pub const MOST_CELLS: usize = 4_000_000;
/// Findings of one kind about a workbook's looks.
pub const MOST_NOTICES: usize = 1_000;

/// What is left of the limits while a file is read.
#[derive(Debug, Clone)]
#[doc(alias = "Lesebudget")]
pub struct Budget {
    inflated: usize,
    text: usize,
    cells: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { inflated: MOST_INFLATED * MEGABYTE, text: MOST_TEXT * MEGABYTE, cells: MOST_CELLS }
    }
}

fn over(fault: Fault, limit: usize) -> Said {
    Said::file(Severity::Error, fault, &[&limit.to_string()])
}

impl Budget {
    /// Bytes that may still come out of packed parts.
    #[must_use]
    pub const fn room(&self) -> usize {
        self.inflated
    }

    /// So many bytes came out, or are going to.
    ///
    /// # Errors
    /// [`Fault::TooMuchInside`].
    pub fn inflate(&mut self, bytes: usize) -> Result<(), Said> {
        self.inflated = self.inflated.checked_sub(bytes).ok_or_else(|| over(Fault::TooMuchInside, MOST_INFLATED))?;
        Ok(())
    }

    /// A cell with a text of so many bytes.
    ///
    /// # Errors
    /// [`Fault::TooMuchText`], [`Fault::TooManyCells`].
    pub fn cell(&mut self, bytes: usize) -> Result<(), Said> {
        self.cells(1)?;
        self.text = self.text.checked_sub(bytes).ok_or_else(|| over(Fault::TooMuchText, MOST_TEXT))?;
        Ok(())
    }

    /// So many cells, empty or not.
    ///
    /// # Errors
    /// [`Fault::TooManyCells`].
    pub fn cells(&mut self, count: usize) -> Result<(), Said> {
        self.cells = self.cells.checked_sub(count).ok_or_else(|| over(Fault::TooManyCells, MOST_CELLS))?;
        Ok(())
    }
}

/// Counts what a text with separators is going to be, before a cell of it is made.
///
/// # Errors
/// [`Fault::TooManyCells`].
pub fn weigh_table(bytes: &[u8]) -> Result<(), Said> {
    let mut signs = [0_usize; 4];
    for byte in bytes {
        let at = match byte {
            b'\n' | b'\r' => 0,
            b';' => 1,
            b',' => 2,
            b'\t' => 3,
            _ => continue,
        };
        signs[at] += 1;
    }
    // Only one of them separates.
    let [lines, between @ ..] = signs;
    Budget::default().cells(lines + between.into_iter().max().unwrap_or_default())
}

/// Counts what a data file is going to be, before a thing of it is made.
///
/// # Errors
/// [`Fault::TooManyParts`].
pub fn weigh_data(bytes: &[u8]) -> Result<(), Said> {
    let parts = bytes.iter().filter(|byte| matches!(byte, b'{' | b'[' | b',')).count();
    if parts > MOST_CELLS { Err(over(Fault::TooManyParts, MOST_CELLS)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::exchange::Because;

    fn fault(result: Result<(), Said>) -> Option<Fault> {
        match result.err()?.because {
            Because::Fault(fault, _) => Some(fault),
            _ => None,
        }
    }

    #[test]
    fn each_limit_is_named_and_none_is_broken_by_its_last_unit() {
        let mut budget = Budget { inflated: 10, text: 10, cells: 3 };
        assert_eq!((fault(budget.inflate(10)), budget.room()), (None, 0));
        assert_eq!(fault(budget.inflate(1)), Some(Fault::TooMuchInside));
        assert_eq!(fault(budget.cell(10)), None);
        assert_eq!(fault(budget.cell(1)), Some(Fault::TooMuchText));
        assert_eq!((fault(budget.cells(1)), fault(budget.cells(1))), (None, Some(Fault::TooManyCells)));
        assert_eq!(fault(Budget::default().cells(usize::MAX)), Some(Fault::TooManyCells));
    }

    #[test]
    fn only_one_sign_separates() {
        let half = ";,".repeat(MOST_CELLS - 10);
        assert_eq!(fault(weigh_table(half.as_bytes())), None);
        assert_eq!(fault(weigh_table(&vec![b'\n'; MOST_CELLS + 1])), Some(Fault::TooManyCells));
        assert_eq!(fault(weigh_data(&vec![b'['; MOST_CELLS + 1])), Some(Fault::TooManyParts));
        assert_eq!(fault(weigh_data(b"{\"a\":[1,2]}")), None);
    }
}
