// SPDX-License-Identifier: EUPL-1.2
//! `locate`: a table of points or addresses in, their spaces out.

use crate::config::Place;
use crate::ending::Ending;
use crate::office;
use crate::progress::{grouped, teller};
use app::App;
use app::access::operator;
use app::territory::{Asking, PointsFailure, PointsFile, PointsReport, locate_points};
use domain::kernel::Day;
use domain::territory::Finding;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is asked.
pub struct Order {
    pub place: Place,
    pub office: Option<String>,
    pub day: Option<Day>,
    pub output: Option<PathBuf>,
}

/// Locates every line of a file.
pub async fn points(file: &Path, order: Order) -> Result<(), Ending> {
    let bytes = std::fs::read(file).map_err(|error| Ending::file(file, &error))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = PointsFile::read(&name, &bytes).map_err(|findings| {
        let sentences: Vec<String> = findings.iter().map(Finding::german).collect();
        Ending::faulty(sentences.join("\n"))
    })?;
    drop(bytes);
    // The answers would take the place of the questions.
    if order.output.as_ref().is_some_and(|output| is_same_file(file, output)) {
        return Err(Ending::usage("Quelle und Ziel sind dieselbe Datei."));
    }
    let app = known_office(&order).await?;
    let asking = Asking { day: order.day.unwrap_or_else(|| app.today()), progress: teller("Zeilen") };
    let start = Instant::now();
    let (target, out): (&Path, Box<dyn Write>) = match &order.output {
        Some(output) => {
            let created = File::create(output).map_err(|error| Ending::file(output, &error))?;
            (output, Box::new(BufWriter::new(created)))
        }
        None => (Path::new("Standardausgabe"), Box::new(BufWriter::new(std::io::stdout()))),
    };
    let answered = locate_points(&app, &operator(), &read, &asking, out).await;
    let report = answered.map_err(|failure| match failure {
        PointsFailure::House(failure) => failure.into(),
        PointsFailure::Output(error) => Ending::file(target, &error),
        PointsFailure::NoEdition(day) => {
            Ending::faulty(format!("Am {} gelten weder Grenzen noch Straßen.", day.german()))
        }
    })?;
    summarise(&report, start.elapsed().as_secs_f64());
    Ok(())
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

async fn known_office(order: &Order) -> Result<App, Ending> {
    office_at(&order.place, order.office.as_deref()).await
}

/// The office that there is at a place.
pub async fn office_at(place: &Place, name: Option<&str>) -> Result<App, Ending> {
    let missing = || Ending::database("Hier gibt es noch kein Jugendamt. Bitte zuerst „import spaces“ ausführen.");
    if !office::exists(place) {
        return Err(missing());
    }
    let db = office::open(place).await?;
    office::find(&db, name).await?.ok_or_else(missing)
}

fn summarise(report: &PointsReport, seconds: f64) {
    eprintln!(
        "{} Zeilen in {} s: {} zugeordnet, {} mehrdeutig, {} außerhalb, {} ohne Ergebnis (mit Grund).",
        grouped(report.lines),
        format!("{seconds:.2}").replace('.', ","),
        grouped(report.located),
        grouped(report.ambiguous),
        grouped(report.outside),
        grouped(report.unanswered)
    );
}
