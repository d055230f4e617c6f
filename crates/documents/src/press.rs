// SPDX-License-Identifier: EUPL-1.2
//! The press: a closed world in which a template is laid out and written as a PDF.
//!
//! The world holds one template, a handful of fonts that are part of the program, and the values handed in. It has no
//! files, no network, no packages and no clock.

use crate::DocumentError;
use domain::kernel::Day;
use std::collections::HashSet;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// The families the templates use, the first for reading, the second for signs and scripts it lacks.
const FAMILIES: [&str; 2] = ["Libertinus Serif", "DejaVu Sans Mono"];

struct Types {
    fonts: Vec<Font>,
    letters: HashSet<u32>,
    book: LazyHash<FontBook>,
}

static TYPES: LazyLock<Types> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts()
        .filter_map(|data| Font::new(Bytes::new(data), 0))
        .filter(|font| FAMILIES.contains(&font.info().family.as_str()))
        .collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    let letters = fonts.iter().flat_map(|font| font.info().coverage.iter()).collect();
    Types { fonts, letters, book }
});

/// Has this character a shape in any of the fonts?
pub(crate) fn has_shape(c: char) -> bool {
    TYPES.letters.contains(&u32::from(c))
}

/// Every character that has a shape.
#[cfg(test)]
pub(crate) fn letters() -> Vec<char> {
    let mut letters: Vec<char> = TYPES.letters.iter().copied().filter_map(char::from_u32).collect();
    letters.sort_unstable();
    letters
}

/// A template, read once.
pub(crate) struct Template(Source);

impl Template {
    /// A template of this name; the name is only an address inside the closed world.
    pub(crate) fn new(name: &str, text: &str) -> Result<Self, DocumentError> {
        let path = VirtualPath::new(name).or(Err(DocumentError::NotTypeset))?;
        Ok(Self(Source::new(RootedPath::new(VirtualRoot::Project, path).intern(), text.to_owned())))
    }
}

struct ClosedWorld<'a> {
    library: LazyHash<Library>,
    template: &'a Source,
}

impl World for ClosedWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &TYPES.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _id: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        TYPES.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Lays the template out with these values.
///
/// # Errors
/// [`DocumentError::NotTypeset`].
pub(crate) fn lay_out(template: &Template, values: Dict) -> Result<PagedDocument, DocumentError> {
    let library = Library::builder().with_inputs(values).build();
    let world = ClosedWorld { library: LazyHash::new(library), template: &template.0 };
    let result = typst::compile::<PagedDocument>(&world).output;
    // The typesetter remembers what it laid out. Nothing of a family stays behind in memory for speed.
    typst::comemo::evict(0);
    result.or(Err(DocumentError::NotTypeset))
}

/// Writes the pages as PDF/UA-1 and PDF/A-2a, dated with this day.
///
/// # Errors
/// [`DocumentError::NotConforming`].
pub(crate) fn write(pages: &PagedDocument, ident: String, dated: Day) -> Result<Vec<u8>, DocumentError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).or(Err(DocumentError::NotConforming))?;
    let options = PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some("Sozialraum".to_owned())),
        timestamp: Some(Timestamp::new_utc(noon(dated).ok_or(DocumentError::NotConforming)?)),
        standards,
        tagged: true,
        ..PdfOptions::default()
    };
    let result = typst_pdf::pdf(pages, &options);
    typst::comemo::evict(0);
    result.or(Err(DocumentError::NotConforming))
}

/// Noon of the day: the same calendar day in every zone from Greenwich to Berlin.
fn noon(day: Day) -> Option<Datetime> {
    let iso = day.to_string();
    let mut parts = iso.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let of_month = parts.next()?.parse().ok()?;
    Datetime::from_ymd_hms(year, month, of_month, 12, 0, 0)
}
