// SPDX-License-Identifier: EUPL-1.2
//! An invented family for previews: nobody's data is needed to see what a template makes.

use super::field::LetterField as F;
use super::fill::Values;

/// Values for every placeholder.
#[must_use]
pub fn invented() -> Values {
    let all = [
        (F::Office, "Jugendamt Musterhafen"),
        (F::Salutation, "Guten Tag Kim Beispiel,"),
        (F::Date, "23.11.2026"),
        (F::Contact, "Robin Muster, Telefon 01234 5678, Rathausplatz 1, 01234 Musterhafen"),
        (F::Number, "2026-0042"),
        (F::Worker, "Robin Muster"),
        (F::Family, "Familie Beispiel"),
        (F::Children, "Lou Beispiel"),
        (F::Help, "Sozialpädagogische Familienhilfe"),
        (F::HelpParagraph, "§ 31 SGB VIII"),
        (F::HelpFrom, "01.12.2026"),
        (F::HelpUntil, "30.11.2027"),
        (F::HelpServices, "Begleitung am Nachmittag"),
        (F::HelpExtent, "6 Stunden in der Woche"),
        (F::DecidedOn, "20.11.2026"),
        (F::ReviewOn, "01.06.2027"),
        (F::ReportedOn, "02.11.2026"),
        (F::Confirmed, "Ja"),
        (F::Active, "Ja"),
        (F::StillActive, "Nein"),
        (F::ObjectionAt, "Stadt Musterhafen, Rathausplatz 1, 01234 Musterhafen"),
        (F::ActionAt, "Verwaltungsgericht Musterhafen, Gerichtsweg 2, 01234 Musterhafen"),
        (F::OmbudsAt, "Ombudsstelle Musterland, Telefon 01234 9999"),
        (F::OfficerAt, "datenschutz@musterhafen.example"),
        (F::Reasons, "Lou soll nachmittags einen festen Ort haben. Das haben wir gemeinsam besprochen."),
        (F::Content, "Nachweise über das Einkommen des letzten Jahres."),
        (F::Findings, "In der Schule gelingt vieles nur mit Unterstützung, zu Hause und im Verein ohne."),
        (F::Views, "Lou möchte in der Klasse bleiben. Die Eltern sehen es genauso."),
        (F::Present, "Robin Muster, Alex Beispiel, die Eltern, Lou"),
        (F::Agreement, "Lou hat ein eigenes Zimmer und darf jederzeit telefonieren."),
        (F::Next, "Wir besuchen Lou alle drei Monate, zuerst am 14.12.2026."),
        (F::NotGranted, "Mehr als 6 Stunden in der Woche."),
        (F::Consequence, "Ohne diese Unterlagen können wir die Leistung versagen."),
        (F::Body, "Praxis am Hafen, Hafenweg 3, 01234 Musterhafen"),
        (F::Data, "Termine und Ergebnisse der Untersuchung."),
        (F::Purpose, "Damit die Hilfe zu Lou passt."),
        (F::Consented, "Sie haben am 10.11.2026 eingewilligt."),
        (F::Meeting, "Montag, 07.12.2026, 15 Uhr"),
        (F::Place, "Rathausplatz 1, Zimmer 12"),
        (F::Bring, "das letzte Zeugnis"),
        (F::Until, "14.12.2026"),
        (F::From, "01.01.2027"),
        (F::On, "18.11.2026"),
        (F::ArrivedOn, "16.11.2026"),
        (F::Amount, "1.250,00 €"),
    ];
    all.into_iter().map(|(field, words)| (field, words.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    #[test]
    fn the_invented_family_knows_every_placeholder() {
        let values = invented();
        let missing = F::ALL.iter().filter(|field| field.origin() != Origin::Part && !values.contains_key(field));
        assert_eq!(missing.collect::<Vec<_>>(), Vec::<&F>::new());
    }
}
