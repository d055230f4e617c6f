// SPDX-License-Identifier: EUPL-1.2
//! What an import says about a file and its rows. The German sentences stand with the messages, `trade-said-…`.

use super::Column;
use crate::access::codes;
use crate::kernel::Rule;
use crate::territory::Severity;

codes! {
    /// What can be said beyond the rules of cards.
    #[doc(alias = "Befund eines Imports")]
    Fault {
        /// No row at all.
        Empty = "empty",
        /// A head and nothing below it.
        OnlyHead = "only-head",
        /// No column is known; what was found is named.
        NoKnownColumn = "no-known-column",
        /// A column twice.
        ColumnTwice = "column-twice",
        /// Too many columns.
        TooManyColumns = "too-many-columns",
        /// Too many rows.
        TooManyRows = "too-many-rows",
        /// A kind of file that is not read.
        NotRead = "not-read",
        /// A workbook or package that cannot be opened.
        Broken = "broken",
        /// More in it than it says, or than fits.
        TooMuchInside = "too-much-inside",
        /// More text in its cells than fits.
        TooMuchText = "too-much-text",
        /// More cells than fit.
        TooManyCells = "too-many-cells",
        /// More things in a data file than fit.
        TooManyParts = "too-many-parts",
        /// Joined cells.
        JoinedCells = "joined-cells",
        /// Hidden rows.
        HiddenRows = "hidden-rows",
        /// Several sheets; this one was read.
        SeveralSheets = "several-sheets",
        /// There is no such sheet.
        NoSuchSheet = "no-such-sheet",
        /// Text that is no JSON.
        NotJson = "not-json",
        /// JSON that is neither GeoJSON nor HSDS.
        JsonUnknown = "json-unknown",
        /// A version of HSDS that nobody knows here.
        HsdsVersion = "hsds-version",
        /// Something HSDS asks for is missing.
        HsdsMissing = "hsds-missing",
        /// Something is not as HSDS has it.
        HsdsWrong = "hsds-wrong",
        /// The same id twice.
        HsdsTwice = "hsds-twice",
        /// A service that is no longer there.
        HsdsOver = "hsds-over",
        /// More than one place of one service; the first is taken.
        MorePlaces = "more-places",
        /// No service in it.
        HsdsNoService = "hsds-no-service",
        /// A calendar that is none.
        NotCalendar = "not-calendar",
        /// Too many entries in a calendar.
        TooManyEvents = "too-many-events",
        /// A rhythm that cards cannot keep.
        RhythmUnknown = "rhythm-unknown",
        /// A geometry that is no point.
        NoPoint = "no-point",
        /// The row of the template that shows how it goes.
        ExampleRow = "example-row",
        /// The id 0: nobody's.
        IdZero = "id-zero",
        /// An id that stands above already.
        IdTwice = "id-twice",
        /// A card with this id was erased.
        IdErased = "id-erased",
        /// A card like this was erased because the person wanted it.
        ErasedLike = "erased-like",
        /// A card with this id is there already.
        IdKnown = "id-known",
        /// Nothing says where it is.
        PlaceMissing = "place-missing",
        /// The description was missing; the name stands there.
        AboutFromName = "about-from-name",
        /// Latitude and longitude were changed over.
        AxesTurned = "axes-turned",
        /// Metres, turned into degrees.
        FromMetres = "from-metres",
        /// 0, 0: no place.
        PointZero = "point-zero",
        /// One of two coordinates.
        PointHalf = "point-half",
        /// A blank was put before the number.
        BlankBeforeNumber = "blank-before-number",
        /// A line end became a blank.
        LineEndInCell = "line-end-in-cell",
        /// A house with the number 0.
        HouseZero = "house-zero",
        /// Street and number cannot be read.
        HouseUnreadable = "house-unreadable",
        /// A post office box is no place.
        PostBox = "post-box",
        /// A parcel machine is no place.
        ParcelMachine = "parcel-machine",
        /// No postcode.
        PostcodeMissing = "postcode-missing",
        /// Not five digits.
        PostcodeDigits = "postcode-digits",
        /// A zero in front was put back.
        PostcodeZero = "postcode-zero",
        /// Several towns have this name.
        TownUnsure = "town-unsure",
        /// The postcode is one of the district, and of another town.
        TownOther = "town-other",
        /// Angle brackets in an address.
        Brackets = "brackets",
        /// A formula in an address.
        Formula = "formula",
        /// Pictures in an address.
        Pictures = "pictures",
        /// Signs that no mail address has.
        MailSign = "mail-sign",
        /// An emergency number.
        Emergency = "emergency",
        /// A page inside of somebody's house.
        InnerAddress = "inner-address",
        /// Not in the list of possible words.
        WordUnknown = "word-unknown",
        /// A private person waits for a consent.
        PersonWaits = "person-waits",
        /// A private person has no place on the map.
        PersonWithoutPoint = "person-without-point",
        /// The same thing stands above already.
        LikeAbove = "like-above",
        /// A card of the same thing is there already.
        LikeCard = "like-card",
        /// A space of this name is not known.
        SpaceUnknown = "space-unknown",
    }
}

/// Why something is said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Grund")]
pub enum Because {
    /// One of the faults, with what its sentence names.
    Fault(Fault, Vec<String>),
    /// A rule of cards.
    Rule(Rule),
    /// A whole sentence about the file.
    File(String),
}

/// One thing said about a file or a row of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Befund")]
pub struct Said {
    /// How grave. An error keeps its row out, or the file if it is about no row.
    pub severity: Severity,
    /// The line; 0 is the file.
    pub line: usize,
    /// The column.
    pub column: Option<Column>,
    /// Why.
    pub because: Because,
    /// What stands there, shortened.
    pub value: String,
}

/// So much of a cell is repeated in a finding.
const SHOWN: usize = 60;

impl Said {
    /// About the file.
    #[must_use]
    pub fn file(severity: Severity, fault: Fault, params: &[&str]) -> Self {
        let params = params.iter().map(|param| (*param).to_owned()).collect();
        Self { severity, line: 0, column: None, because: Because::Fault(fault, params), value: String::new() }
    }

    /// The same about a line.
    #[must_use]
    pub fn on(self, line: usize) -> Self {
        Self { line, ..self }
    }

    /// The same about a cell.
    #[must_use]
    pub fn at(self, column: Column, value: &str) -> Self {
        let clean = value.chars().map(|c| if c.is_control() { ' ' } else { c });
        let value = clean.take(SHOWN).collect();
        Self { column: Some(column), value, ..self }
    }

    /// A rule of cards, broken in a row.
    #[must_use]
    pub fn rule(line: usize, rule: Rule) -> Self {
        let because = Because::Rule(rule);
        Self { severity: Severity::Error, line, column: None, because, value: String::new() }
    }
}
