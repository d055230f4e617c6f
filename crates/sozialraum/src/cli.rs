// SPDX-License-Identifier: EUPL-1.2
//! The command line: what can be asked, in German.

use crate::config::Place;
use crate::ending::Ending;
use crate::{allocate, demo, german, import, locate, people, preview, serve, verify};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use domain::kernel::Day;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

const ENDINGS: &str = "Rückgabewerte:
  0  erledigt
  1  Fehler in der Eingabe; es wurde nichts übernommen (verify: Befunde)
  2  falscher Aufruf
  3  eine Datei fehlt oder kann nicht gelesen oder geschrieben werden
  4  die Datenbank ist nicht erreichbar oder gehört zu einer anderen Programmversion

Statt --data und --database gelten auch die Umgebungsvariablen SOZIALRAUM_DATA und SOZIALRAUM_DATABASE.";

#[derive(Parser)]
#[command(
    name = "sozialraum",
    version,
    about = "Sozialraum: Software für das Jugendamt und seine Sozialräume.",
    override_usage = "sozialraum BEFEHL [OPTIONEN]",
    after_help = ENDINGS
)]
struct Cli {
    /// Diese Hilfe zeigen.
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = german::OPTIONS)]
    help: Option<bool>,
    /// Die Programmversion zeigen.
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = german::OPTIONS)]
    version: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Sozialräume oder Straßen aus Dateien übernehmen.
    #[command(subcommand, override_usage = "sozialraum import BEFEHL [OPTIONEN]", after_help = ENDINGS)]
    Import(Import),
    /// Punkte oder Adressen ihren Sozialräumen zuordnen.
    #[command(override_usage = "sozialraum locate PUNKTE.csv [OPTIONEN]", after_help = ENDINGS)]
    Locate(LocateArgs),
    /// Gebietsstände ansehen.
    #[command(subcommand, override_usage = "sozialraum territory BEFEHL [OPTIONEN]", after_help = ENDINGS)]
    Territory(TerritoryCommand),
    /// Die Seiten im Browser anbieten.
    #[command(override_usage = "sozialraum serve --data VERZEICHNIS [OPTIONEN]", after_help = ENDINGS)]
    Serve(serve::ServeArgs),
    /// Eine erfundene Stadt mit Menschen, Fällen und Mitteln zeigen.
    #[command(override_usage = "sozialraum demo [OPTIONEN]", after_help = ENDINGS)]
    Demo(serve::DemoArgs),
    /// Das Geld der Sozialräume rechnen.
    #[command(subcommand, override_usage = "sozialraum budget BEFEHL [OPTIONEN]", after_help = ENDINGS)]
    Budget(BudgetCommand),
    /// Buch und Protokoll prüfen: jedes Siegel, jede Nullsumme, jeder Kontostand.
    #[command(override_usage = "sozialraum verify --data VERZEICHNIS [OPTIONEN]", after_help = ENDINGS)]
    Verify(PlaceArgs),
    /// Konten für Menschen anlegen.
    #[command(subcommand, override_usage = "sozialraum person BEFEHL [OPTIONEN]", after_help = ENDINGS)]
    Person(PersonCommand),
}

#[derive(Subcommand)]
enum TerritoryCommand {
    /// Zeigen, was ein Neuzuschnitt ändern würde. Schreibt nichts.
    #[command(
        override_usage = "sozialraum territory preview NEU.geojson --key FELD --name FELD [OPTIONEN]",
        after_help = ENDINGS
    )]
    Preview(preview::PreviewArgs),
}

#[derive(Subcommand)]
enum BudgetCommand {
    /// Eine Verteilung aus einer Datei rechnen und jeden Anteil begründen. Braucht keine Datenbank.
    #[command(override_usage = "sozialraum budget allocate DATEI.toml [OPTIONEN]", after_help = ENDINGS)]
    Allocate(allocate::AllocateArgs),
}

#[derive(Subcommand)]
enum PersonCommand {
    /// Einem Menschen ein Konto geben, auf Wunsch mit einem Dienstposten.
    #[command(
        override_usage = "sozialraum person add --name NAME --email ADRESSE [--role ROLLE] [OPTIONEN]",
        after_help = ENDINGS
    )]
    Add(people::AddArgs),
}

#[derive(Subcommand)]
enum Import {
    /// Grenzen der Sozialräume aus einer GeoJSON-Datei übernehmen: ganz oder gar nicht.
    #[command(
        override_usage = "sozialraum import spaces DATEI.geojson --key FELD --name FELD [OPTIONEN]",
        after_help = ENDINGS
    )]
    Spaces(SpacesArgs),
    /// Das Straßenverzeichnis aus zwei CSV-Dateien (Straßenraster) übernehmen: ganz oder gar nicht.
    #[command(override_usage = "sozialraum import streets ZU.csv RA.csv [OPTIONEN]", after_help = ENDINGS)]
    Streets(StreetsArgs),
}

/// Which database, and which office in it.
#[derive(Args)]
#[command(next_help_heading = "Datenbank")]
pub(crate) struct PlaceArgs {
    /// Datenverzeichnis des Jugendamts (enthält die Datei office.sqlite).
    #[arg(long, value_name = "VERZEICHNIS")]
    data: Option<PathBuf>,
    /// Adresse einer PostgreSQL-Datenbank, zum Beispiel postgres://…
    #[arg(long, value_name = "ADRESSE")]
    database: Option<String>,
    /// Name des Jugendamts; ein Import legt es an, wenn die Datenbank noch leer ist (sonst „Jugendamt“).
    #[arg(long, value_name = "NAME")]
    pub(crate) office: Option<String>,
}

impl PlaceArgs {
    pub(crate) fn place(&self) -> Result<Place, Ending> {
        Place::find(self.data.clone(), self.database.clone())
    }
}

/// What both imports share.
#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
struct ImportArgs {
    /// Erster Tag, an dem der neue Stand gilt (zum Beispiel 01.08.2026); ohne Angabe heute.
    #[arg(long, value_name = "TAG", value_parser = day)]
    valid_from: Option<Day>,
    /// Nur prüfen, nichts übernehmen.
    #[arg(long)]
    dry_run: bool,
    /// Alle Befunde zusätzlich als CSV in diese Datei schreiben.
    #[arg(long, value_name = "DATEI.csv")]
    errors: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
}

impl ImportArgs {
    fn order(self) -> Result<import::Order, Ending> {
        Ok(import::Order {
            place: self.place.place()?,
            office: self.place.office,
            valid_from: self.valid_from,
            dry_run: self.dry_run,
            errors: self.errors,
        })
    }
}

#[derive(Args)]
struct SpacesArgs {
    /// Die GeoJSON-Datei (WGS 84 oder ETRS89/UTM).
    #[arg(value_name = "DATEI.geojson", help_heading = german::ARGUMENTS)]
    file: PathBuf,
    /// Feld mit dem Schlüssel des Sozialraums.
    #[arg(long, value_name = "FELD", help_heading = german::OPTIONS)]
    key: String,
    /// Feld mit dem Namen des Sozialraums.
    #[arg(long, value_name = "FELD", help_heading = german::OPTIONS)]
    name: String,
    /// Feld mit dem Namen der Region.
    #[arg(long, value_name = "FELD", help_heading = german::OPTIONS)]
    region: Option<String>,
    #[command(flatten)]
    import: ImportArgs,
}

#[derive(Args)]
struct StreetsArgs {
    /// Tabelle der Gebietseinheiten (4 Spalten).
    #[arg(value_name = "ZU.csv", help_heading = german::ARGUMENTS)]
    zu: PathBuf,
    /// Tabelle der Straßenabschnitte (13 Spalten).
    #[arg(value_name = "RA.csv", help_heading = german::ARGUMENTS)]
    ra: PathBuf,
    #[command(flatten)]
    import: ImportArgs,
}

#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
struct LocateArgs {
    /// Tabelle mit id und lat, lon oder street, number, place, postcode; die Kopfzeile nennt die Spalten.
    #[arg(value_name = "PUNKTE.csv", help_heading = german::ARGUMENTS)]
    file: PathBuf,
    /// Tag, an dem gesucht wird; ohne Angabe heute.
    #[arg(long, value_name = "TAG", value_parser = day)]
    day: Option<Day>,
    /// Zieldatei für id, space, found, reason; ohne Angabe die Standardausgabe.
    #[arg(long, value_name = "DATEI.csv")]
    output: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArgs,
}

pub(crate) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok().ok_or_else(|| "Bitte einen Tag wie 01.08.2026 oder 2026-08-01 angeben".to_owned())
}

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = german::dressed(Cli::command()).try_get_matches_from(args);
    let cli = match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return german::answer(&error),
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(_) => return Ending::database("Das Programm konnte nicht starten.").tell(),
    };
    runtime.block_on(obey(cli.command)).map_or_else(|ending| ending.tell(), |()| ExitCode::SUCCESS)
}

async fn obey(command: Command) -> Result<(), Ending> {
    match command {
        Command::Import(Import::Spaces(args)) => {
            let fields = import::Fields { key: args.key, name: args.name, region: args.region };
            import::spaces(&args.file, fields, args.import.order()?).await
        }
        Command::Import(Import::Streets(args)) => import::streets(&args.zu, &args.ra, args.import.order()?).await,
        Command::Locate(args) => {
            let order = locate::Order {
                place: args.place.place()?,
                office: args.place.office,
                day: args.day,
                output: args.output,
            };
            locate::points(&args.file, order).await
        }
        Command::Territory(TerritoryCommand::Preview(args)) => preview::preview(args).await,
        Command::Serve(args) => serve::serve(args).await,
        Command::Demo(args) => demo::show(args).await,
        Command::Budget(BudgetCommand::Allocate(args)) => allocate::allocate(&args),
        Command::Verify(args) => verify::verify(args).await,
        Command::Person(PersonCommand::Add(args)) => people::add(args).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        german::dressed(Cli::command()).debug_assert();
    }
}
