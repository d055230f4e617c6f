// SPDX-License-Identifier: EUPL-1.2
//! `territory preview`: what a new cut of the spaces would change, out of files, without keeping anything.

use crate::cli::{PlaceArgs, day};
use crate::ending::Ending;
use crate::german;
use crate::locate::office_at;
use crate::progress::grouped;
use app::access::operator;
use app::territory::{Draft, NewRecut, Preview, Upload, preview_files};
use clap::Args;
use domain::kernel::{Day, Line};
use domain::territory::{Severity, Whereabouts};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Rows of each list on the terminal.
const SHOWN: usize = 40;

#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
pub struct PreviewArgs {
    /// Die Grenzen des neuen Zuschnitts (GeoJSON).
    #[arg(value_name = "NEU.geojson", help_heading = german::ARGUMENTS)]
    file: PathBuf,
    /// Feld mit dem Schlüssel des Sozialraums.
    #[arg(long, value_name = "FELD")]
    key: String,
    /// Feld mit dem Namen des Sozialraums.
    #[arg(long, value_name = "FELD")]
    name: String,
    /// Feld mit dem Namen der Region.
    #[arg(long, value_name = "FELD")]
    region: Option<String>,
    /// Neues Straßenraster: Tabelle der Gebietseinheiten.
    #[arg(long, value_name = "ZU.csv", requires = "ra")]
    zu: Option<PathBuf>,
    /// Neues Straßenraster: Tabelle der Straßenabschnitte.
    #[arg(long, value_name = "RA.csv", requires = "zu")]
    ra: Option<PathBuf>,
    /// Adressliste, an der verglichen wird (Spalten wie bei „locate“).
    #[arg(long, value_name = "DATEI.csv")]
    points: Option<PathBuf>,
    /// Tag, an dem der neue Zuschnitt gelten soll; verglichen wird mit dem Tag davor. Ohne Angabe morgen.
    #[arg(long, value_name = "TAG", value_parser = day)]
    valid_from: Option<Day>,
    #[command(flatten)]
    place: PlaceArgs,
}

fn upload(file: &Path) -> Result<Upload, Ending> {
    let bytes = std::fs::read(file).map_err(|error| Ending::file(file, &error))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Upload { name, bytes })
}

/// Shows what a new cut would change.
pub async fn preview(args: PreviewArgs) -> Result<(), Ending> {
    let app = office_at(&args.place.place()?, args.place.office.as_deref()).await?;
    let streets = args.zu.as_deref().zip(args.ra.as_deref());
    let title = Line::parse("Vorschau").map_err(app::Failure::from)?;
    let valid_from = args.valid_from.unwrap_or_else(|| app.today().plus_days(1));
    let (key_field, name_field) = (args.key, args.name);
    let draft = Draft {
        new: NewRecut { title, valid_from, key_field, name_field, region_field: args.region },
        spaces: upload(&args.file)?,
        streets: streets.map(|(zu, ra)| Ok::<_, Ending>((upload(zu)?, upload(ra)?))).transpose()?,
        points: args.points.as_deref().map(upload).transpose()?,
    };
    let start = Instant::now();
    let seen = preview_files(&app, &operator(), &draft).await?;
    tell(&seen);
    eprintln!("Verglichen in {} s.", format!("{:.2}", start.elapsed().as_secs_f64()).replace('.', ","));
    let errors = seen.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 0 { Err(Ending::faulty(format!("{} Fehler in den Dateien.", grouped(errors)))) } else { Ok(()) }
}

fn tell(seen: &Preview) {
    for finding in seen.findings.iter().take(SHOWN) {
        eprintln!("{}: {}", finding.severity.german(), finding.german());
    }
    let name = |space: Option<domain::kernel::SpaceId>| {
        space.and_then(|space| seen.names.get(&space).cloned()).unwrap_or_else(|| "–".to_owned())
    };
    let place = |place: &Whereabouts| match place {
        Whereabouts::In(space) => name(Some(*space)),
        Whereabouts::Ambiguous => "mehrdeutig".to_owned(),
        Whereabouts::Outside => "außerhalb".to_owned(),
        Whereabouts::Unknown => "unbekannt".to_owned(),
    };
    println!("Neu: {}. Ohne Fläche: {}.", list(&seen.new_spaces), list(&seen.gone));
    for one in seen.areas.iter().flatten().take(SHOWN) {
        println!("Fläche {}: {} → {}", one.german(), name(one.from), name(one.to));
    }
    for one in seen.streets.iter().take(SHOWN) {
        let side = if one.odd { "ungerade" } else { "gerade" };
        let last = one.last.map_or_else(|| "Ende".to_owned(), |last| last.to_string());
        println!("{} {}–{last} {side}: {} → {}", one.street.as_str(), one.first, place(&one.from), place(&one.to));
    }
    if seen.streets.len() > SHOWN {
        println!("… und {} weitere Straßenabschnitte.", grouped(seen.streets.len() - SHOWN));
    }
    if let Some(list) = &seen.addresses {
        println!(
            "{} Adressen: {} wechseln, {} mehrdeutig, {} fallen heraus, {} Zeilen nicht lesbar.",
            list.total, list.moved, list.unclear, list.lost, list.unread
        );
        for (from, to, count) in list.moves.iter().take(SHOWN) {
            println!("{count}: {} → {}", place(from), place(to));
        }
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}
