// SPDX-License-Identifier: EUPL-1.2
//! What an allocation must keep to, and what is said where a court has spoken.

use crate::kernel::Rule;

/// A number in the table or a weight that cannot be read.
pub const NUMBER_UNREADABLE: Rule = Rule::new("allocation.number_unreadable", "DIN 5008");
/// A number with more digits than any indicator has.
pub const NUMBER_TOO_LONG: Rule = Rule::new("allocation.number_too_long", "Plausibilität: höchstens 15 Ziffern");
/// No area to distribute to.
pub const NO_AREA: Rule = Rule::new("allocation.no_area", "Verteilung braucht Empfänger");
/// More lines or columns than a table of areas has.
pub const TABLE_TOO_LARGE: Rule =
    Rule::new("allocation.table_too_large", "höchstens 150 Gebiete, 20 Spalten, 5 Verfahren, 1.000 Werte");
/// Two areas, columns or lines with one name.
pub const NAME_TWICE: Rule = Rule::new("allocation.name_twice", "Eindeutigkeit");
/// A name that is empty or too long.
pub const NAME_UNFIT: Rule = Rule::new("allocation.name_unfit", "1 bis 200 Zeichen");
/// A line with more or fewer cells than the head of the table.
pub const CELLS_UNEVEN: Rule = Rule::new("allocation.cells_uneven", "Tabelle mit Kopfzeile");
/// A value that the method needs is missing.
pub const VALUE_MISSING: Rule = Rule::new("allocation.value_missing", "Verteilschlüssel");
/// A column that the table does not have.
pub const COLUMN_UNKNOWN: Rule = Rule::new("allocation.column_unknown", "Verteilschlüssel");
/// An area that the table does not have.
pub const AREA_UNKNOWN: Rule = Rule::new("allocation.area_unknown", "Verteilschlüssel");
/// The method needs a column for this.
pub const COLUMN_MISSING: Rule = Rule::new("allocation.column_missing", "Verteilschlüssel");
/// An indicator without source or date of its data.
pub const SOURCE_MISSING: Rule = Rule::new("allocation.source_missing", "§ 79a SGB VIII; Nachvollziehbarkeit");
/// No method is chosen, or one that is not known.
pub const METHOD_MISSING: Rule = Rule::new("allocation.method_missing", "Verteilschlüssel");
/// All weights are nothing: nothing can be divided by them.
pub const NO_WEIGHT: Rule = Rule::new("allocation.no_weight", "Verteilschlüssel");
/// A percentage above a hundred.
pub const PERCENT_ABOVE: Rule = Rule::new("allocation.percent_above", "Vorwegabzug 0 bis 100 %");
/// A percentage below nothing.
pub const PERCENT_BELOW: Rule = Rule::new("allocation.percent_below", "Vorwegabzug 0 bis 100 %");
/// Parts that must make a whole do not.
pub const NOT_A_WHOLE: Rule = Rule::new("allocation.not_a_whole", "Summe 100 %");
/// More is left out or taken off than there is.
pub const NOTHING_LEFT: Rule = Rule::new("allocation.nothing_left", "§ 80(1) Nr. 3 SGB VIII");
/// Minimum shares above what is to be distributed.
pub const MINIMUM_TOO_HIGH: Rule = Rule::new("allocation.minimum_too_high", "Mindestanteile");
/// The compensation is more than those who gain, or the reserve, can bear.
pub const DAMPING_UNCOVERED: Rule = Rule::new("allocation.damping_uncovered", "Übergangsausgleich");
/// The compensation needs the sums of before.
pub const PREVIOUS_MISSING: Rule = Rule::new("allocation.previous_missing", "Übergangsausgleich");
/// Nobody said whether a paragraph is part of the budget.
pub const INSIDE_MISSING: Rule = Rule::new("allocation.inside_missing", "Budgetumfang");
/// Something else than yes or no.
pub const YES_OR_NO: Rule = Rule::new("allocation.yes_or_no", "ja oder nein");
/// Instalments are one to twelve.
pub const INSTALMENTS_UNFIT: Rule = Rule::new("allocation.instalments_unfit", "1 bis 12 Abschläge");
/// A year that cannot be planned.
pub const YEAR_UNFIT: Rule = Rule::new("allocation.year_unfit", "Haushaltsjahr 1990 bis 2100");
/// The body did not carry it.
pub const MAJORITY_MISSED: Rule = Rule::new("allocation.majority_missed", "Geschäftsordnung des Gremiums");
/// Nobody voted.
pub const VOTES_UNFIT: Rule = Rule::new("allocation.votes_unfit", "Geschäftsordnung des Gremiums");

/// A distribution is the plan of this year already.
pub const BOOKED_ALREADY: Rule = Rule::new("allocation.booked_already", "Haushaltsplan; nichts wird doppelt gebucht");
/// A later decision counts for the year.
pub const NOT_COUNTING: Rule = Rule::new("allocation.not_counting", "Beschluss; Nachvollziehbarkeit");
/// An area has no pot: it is neither a region nor a space.
pub const REGION_MISSING: Rule = Rule::new("allocation.region_missing", "Haushaltsplan; Topf einer Region");

/// A quota says how much money there is, never where a family has to go. Said beside every result of the
/// methods I and J.
pub const NO_PLACEMENT: Rule = Rule::new(
    "allocation.no_placement",
    "Art. 12 GG; § 5 SGB VIII; VG Hamburg 13 E 2873/04; OVG Hamburg 4 Bs 388/04; VG Berlin 18 A 404.04; OVG Berlin 6 S 415.04",
);
/// Money never limits a claim. Said beside every result.
pub const CLAIMS_STAY: Rule = Rule::new("allocation.claims_stay", "§ 27 SGB VIII");
