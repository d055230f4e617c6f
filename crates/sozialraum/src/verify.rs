// SPDX-License-Identifier: EUPL-1.2
//! `verify`: proves the book of money and the log, from the first entry to the last.

use crate::cli::PlaceArgs;
use crate::ending::Ending;
use crate::office;
use app::access::operator;
use app::audit::{Chain, Fault, Proof, prove};
use domain::kernel::Balance;
use std::path::Path;

/// Findings that are told one by one; the number of all is told anyway.
const TOLD: usize = 50;

/// Recomputes every seal and every sum.
pub async fn verify(args: PlaceArgs) -> Result<(), Ending> {
    let place = args.place()?;
    if !office::exists(&place) {
        return Err(Ending::file(Path::new("office.sqlite"), &std::io::ErrorKind::NotFound.into()));
    }
    let db = office::open(&place).await?;
    let none = || Ending::faulty("In dieser Datenbank ist noch kein Jugendamt.");
    let app = office::find(&db, args.office.as_deref()).await?.ok_or_else(none)?;
    let (log, book) = prove(&app, &operator()).await?;
    tell(&log, &book)
}

fn tell(log: &Chain, book: &Proof) -> Result<(), Ending> {
    match log {
        Chain::Whole(entries) => println!("Protokoll: {entries} Einträge, alle Siegel passen."),
        Chain::BrokenAt(seq) => println!("Protokoll: Das Siegel von Eintrag {seq} passt nicht."),
    }
    println!("Buch: {} Buchungen geprüft, letztes Siegel {}.", book.bookings, seal(&book.seal));
    for fault in book.faults.iter().take(TOLD) {
        println!("{}", german(fault));
    }
    let findings = book.faults.len() + usize::from(matches!(log, Chain::BrokenAt(_)));
    if findings == 0 {
        println!("Alle Siegel, Nullsummen und Kontostände stimmen.");
        return Ok(());
    }
    let noun = if findings == 1 { "Befund" } else { "Befunde" };
    Err(Ending::faulty(format!("{findings} {noun}: Das Buch ist nicht mehr so, wie es geschrieben wurde.")))
}

fn seal(hash: &str) -> &str {
    if hash.is_empty() { "–" } else { hash }
}

/// What does not fit, as a sentence.
fn german(fault: &Fault) -> String {
    let euros = |cents: i64| Balance::from_cents(cents).german();
    match fault {
        Fault::Seal(seq) => {
            format!("Buchung {seq}: Das Siegel passt nicht. Sie oder die Buchung davor wurde verändert.")
        }
        Fault::Gap(seq) => format!("Buchung {seq} fehlt oder steht doppelt."),
        Fault::Moves(seq) => format!("Buchung {seq}: Die Zeilen passen nicht zu Art oder Betrag."),
        Fault::Head(seq) => format!("Das Buch endet nicht mit Buchung {seq}, wie es sein Ende sagt."),
        Fault::Stray => "Es gibt Zeilen ohne Buchung.".to_owned(),
        Fault::Purpose(pot, codes, kept, booked) => {
            format!("Topf {pot}, Zweck {codes}: Gemerkt sind {}, gebucht sind {}.", euros(*kept), euros(*booked))
        }
        Fault::Day(pot, account, day, kept, booked) => format!(
            "Topf {pot}, Konto {account}, {day}: Gemerkt sind {}, gebucht sind {}.",
            euros(*kept),
            euros(*booked)
        ),
        Fault::Paid(region, month, kept, paid) => {
            format!("Region {region}, Monat {month}: Gemerkt sind {}, gezahlt sind {}.", euros(*kept), euros(*paid))
        }
        Fault::Help(commission, year, kept, paid) => {
            let (kept, paid) = (euros(*kept), euros(*paid));
            format!(
                "Auftrag {commission}, Jahr {year}: Gemerkt sind {kept}, gezahlt sind {paid}, oder der letzte Monat passt nicht."
            )
        }
        Fault::Owed(id, month) => {
            format!("Nachweis zu Übermittlung {id}, Monat {month}: Offen und bezahlt passen nicht zusammen.")
        }
        Fault::Promise(id) => format!("Zusage {id}: Ihr Stand passt nicht zu ihren Buchungen."),
        Fault::Quarter(pot, end) => {
            format!("Topf {pot}, Quartal bis {end}: Was für Gremien gemerkt ist, passt nicht zu den Buchungen.")
        }
        Fault::Clearing(account, cents) => {
            format!("Konto {account}: Zwischen den Töpfen bleiben {} statt null.", euros(*cents))
        }
        Fault::Overdrawn(pot, cents) => format!("Topf {pot} ist überzogen: {}.", euros(*cents)),
    }
}
