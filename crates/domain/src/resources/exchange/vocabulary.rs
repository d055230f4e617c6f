// SPDX-License-Identifier: EUPL-1.2
//! The words of closed lists as people write them, for cells of tables.

use crate::kernel::fold;
use std::collections::BTreeMap;

/// Words of lists and their codes.
#[derive(Debug, Clone, Default)]
#[doc(alias = "Wortliste")]
pub struct Words(BTreeMap<(String, String), String>);

impl Words {
    /// List, code and word of each. The code itself is a word, too.
    pub fn new<'a>(all: impl IntoIterator<Item = (&'a str, &'a str, String)>) -> Self {
        let mut words = BTreeMap::new();
        for (list, code, word) in all {
            words.insert((list.to_owned(), fold(code)), code.to_owned());
            words.insert((list.to_owned(), fold(&word)), code.to_owned());
        }
        Self(words)
    }

    /// The code of a word.
    #[must_use]
    pub fn code(&self, list: &str, word: &str) -> Option<&str> {
        let word = if list == "basis" { paragraph(word) } else { word.to_owned() };
        self.0.get(&(list.to_owned(), fold(&word))).map(String::as_str)
    }

    /// The codes of a cell with several words: between semicolons, strokes and line ends, or commas, or – for codes –
    /// blanks. The first word that is not known comes back as it is.
    ///
    /// # Errors
    /// The unknown word.
    pub fn codes(&self, list: &str, cell: &str) -> Result<Vec<String>, String> {
        let mut codes = Vec::new();
        for piece in cell.split([';', '|', '\n']).map(str::trim).filter(|piece| !piece.is_empty()) {
            match self.code(list, piece) {
                Some(code) => codes.push(code.to_owned()),
                None => codes.extend(self.pieces(list, piece)?),
            }
        }
        Ok(codes)
    }

    fn pieces(&self, list: &str, piece: &str) -> Result<Vec<String>, String> {
        let all = |parts: Vec<&str>| -> Result<Vec<String>, String> {
            let codes = parts.iter().map(|part| self.code(list, part).map(str::to_owned).ok_or((*part).to_owned()));
            codes.collect()
        };
        let by_comma: Vec<&str> = piece.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        all(by_comma).or_else(|unknown| all(piece.split_whitespace().collect()).or(Err(unknown)))
    }
}

/// `§ 16 SGB VIII` → `16`.
fn paragraph(word: &str) -> String {
    word.replace("SGB VIII", "").replace(['§', ' '], "").trim().to_lowercase()
}
