// SPDX-License-Identifier: EUPL-1.2
//! `import spaces` and `import streets`: files in, findings out.

use crate::config::Place;
use crate::ending::Ending;
use crate::office;
use crate::progress::{grouped, teller};
use app::App;
use app::access::operator;
use app::territory::{SpacesImport, StreetsImport, check_streets, decode, import_spaces, import_streets, safe_cell};
use domain::kernel::Day;
use domain::territory::{FileFault, Finding, ReadOptions, Severity, is_importable, read_spaces};
use std::path::{Path, PathBuf};

/// So many findings are shown; the list in the file has all of them.
const SHOWN: usize = 100;
/// No table or map of one district is larger; what is, was picked by mistake.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What both imports are told.
pub struct Order {
    pub place: Place,
    pub office: Option<String>,
    pub valid_from: Option<Day>,
    pub dry_run: bool,
    pub errors: Option<PathBuf>,
}

/// Which fields of a map file mean what.
pub struct Fields {
    pub key: String,
    pub name: String,
    pub region: Option<String>,
}

/// The office, if there is one already. A file with faults, or a dry run, must not found one.
async fn known_office(order: &Order) -> Result<Option<App>, Ending> {
    if !office::exists(&order.place) {
        return Ok(None);
    }
    office::find(&office::open(&order.place).await?, order.office.as_deref()).await
}

async fn office_for(order: &Order) -> Result<App, Ending> {
    office::open_or_found(&office::open(&order.place).await?, order.office.as_deref()).await
}

/// Brings in boundaries.
pub async fn spaces(file: &Path, fields: Fields, order: Order) -> Result<(), Ending> {
    let decoded = decode(&read(file)?);
    let options = ReadOptions {
        key_prop: fields.key,
        name_prop: fields.name,
        region_prop: fields.region,
        ..ReadOptions::default()
    };
    let guessed: Vec<Finding> = decoded.guessed.then(|| FileFault::UmlautsUnsure.finding("")).into_iter().collect();
    eprintln!("Die Datei wird geprüft …");
    if known_office(&order).await?.is_none() {
        let read = read_spaces(&decoded.text, &options);
        if order.dry_run || !is_importable(&read.findings) {
            tell(&[guessed, read.findings].concat(), &order)?;
            println!("Probelauf ohne Jugendamt: Nur die Datei wurde geprüft, {}.", count_spaces(read.features.len()));
            return Ok(());
        }
    }
    let app = office_for(&order).await?;
    let valid_from = order.valid_from.unwrap_or_else(|| app.today());
    let import = SpacesImport { options, valid_from, dry_run: order.dry_run, progress: teller("Sozialräume") };
    let report = import_spaces(&app, &operator(), &decoded.text, import).await?;
    tell(&[guessed, report.findings].concat(), &order)?;
    let start = if report.edition.is_some() { "Übernommen" } else { "Probelauf, nichts geschrieben" };
    println!(
        "{start}: {}, davon {} neu, {} neue Regionen; gültig ab {}.",
        count_spaces(report.spaces),
        grouped(report.new_spaces),
        grouped(report.new_regions),
        valid_from.german()
    );
    Ok(())
}

fn count_spaces(count: usize) -> String {
    if count == 1 { "1 Sozialraum".to_owned() } else { format!("{} Sozialräume", grouped(count)) }
}

/// Brings in the street directory.
pub async fn streets(zu: &Path, ra: &Path, order: Order) -> Result<(), Ending> {
    let (zu, ra) = (read(zu)?, read(ra)?);
    eprintln!("Die Dateien werden geprüft …");
    if known_office(&order).await?.is_none() {
        let read = check_streets(&zu, &ra);
        tell(&read.findings, &order)?;
        if order.dry_run {
            println!(
                "Probelauf ohne Jugendamt: Nur die Dateien wurden geprüft, {} Zeilen.",
                grouped(read.ranges.len())
            );
            return Ok(());
        }
        return Err(Ending::faulty("Es gibt noch keine Sozialräume. Bitte zuerst „import spaces“ ausführen."));
    }
    let app = office_for(&order).await?;
    let valid_from = order.valid_from.unwrap_or_else(|| app.today());
    let import = StreetsImport { zu, ra, valid_from, dry_run: order.dry_run, progress: teller("Straßenabschnitte") };
    let report = import_streets(&app, &operator(), import).await?;
    tell(&report.findings, &order)?;
    let start = if report.edition.is_some() { "Übernommen" } else { "Probelauf, nichts geschrieben" };
    println!(
        "{start}: {} Straßenabschnitte in {} Gebietseinheiten; gültig ab {}.",
        grouped(report.ranges),
        grouped(report.districts),
        valid_from.german()
    );
    Ok(())
}

fn read(file: &Path) -> Result<Vec<u8>, Ending> {
    let failed = |error: std::io::Error| Ending::file(file, &error);
    let size = std::fs::metadata(file).map_err(failed)?.len();
    if size > LARGEST {
        return Err(Ending::faulty(format!("Die Datei {} ist größer als 64 MB.", file.display())));
    }
    std::fs::read(file).map_err(failed)
}

/// Shows the findings and writes them all to the file that was asked for. With an error among them this
/// is the end.
fn tell(findings: &[Finding], order: &Order) -> Result<(), Ending> {
    if let Some(file) = &order.errors {
        write(findings, file)?;
    }
    for finding in findings.iter().take(SHOWN) {
        eprintln!("{}: {}", finding.severity.german(), finding.german());
    }
    if findings.len() > SHOWN {
        let rest = grouped(findings.len() - SHOWN);
        let hint = if order.errors.is_some() { "" } else { " mit --errors DATEI.csv" };
        eprintln!("… und {rest} weitere; alle stehen in der Liste{hint}.");
    }
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    match errors {
        0 => Ok(()),
        1 => Err(Ending::faulty("1 Fehler. Es wurde nichts übernommen.")),
        more => Err(Ending::faulty(format!("{} Fehler. Es wurde nichts übernommen.", grouped(more)))),
    }
}

/// The complete list as spreadsheets in German offices open it: semicolons and a byte-order mark.
fn write(findings: &[Finding], file: &Path) -> Result<(), Ending> {
    let mut table = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xef\xbb\xbf".to_vec());
    let failed = |error: std::io::Error| Ending::file(file, &error);
    let mut row = |cells: [&str; 4]| table.write_record(cells.map(safe_cell)).map_err(|error| failed(error.into()));
    row(["Zeile/Ort", "Schwere", "Regel", "Meldung"])?;
    for finding in findings {
        row([&finding.place, finding.severity.german(), finding.code, &finding.sentence()])?;
    }
    let bytes = table.into_inner().map_err(|error| failed(error.into_error()))?;
    std::fs::write(file, bytes).map_err(failed)
}
