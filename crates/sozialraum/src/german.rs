// SPDX-License-Identifier: EUPL-1.2
//! The parser of the command line speaks English; here it learns German.

use crate::ending::Ending;
use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use std::io::Write;
use std::process::ExitCode;

/// Heading of what stands at a fixed place.
pub const ARGUMENTS: &str = "Angaben";
/// Heading of what has a name.
pub const OPTIONS: &str = "Optionen";

const TEMPLATE: &str = "{about-with-newline}\nAufruf: {usage}\n\n{all-args}{after-help}\n";

/// Gives a command and all below it German headings. Help and version are arguments of our own, as the
/// built-in ones describe themselves in English.
pub fn dressed(command: Command) -> Command {
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("Befehle")
        .subcommand_value_name("BEFEHL")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .max_term_width(100)
        .mut_subcommands(dressed)
}

/// Answers a command line that asked for help, or one that was not understood.
pub fn answer(error: &Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().to_string();
            drop(std::io::stdout().write_all(format!("{}\n", text.trim_end()).as_bytes()));
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Ending::usage(format!("{}Bitte einen Befehl angeben.", error.render())).tell()
        }
        _ => Ending::usage(sentence(error)).tell(),
    }
}

fn sentence(error: &Error) -> String {
    let told = |kind| error.get(kind).map(plain).unwrap_or_default();
    let (arg, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("Den Befehl „{}“ gibt es nicht.", told(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "Bitte einen Befehl angeben.".to_owned(),
        ErrorKind::UnknownArgument => format!("Die Angabe „{arg}“ ist hier nicht bekannt."),
        ErrorKind::MissingRequiredArgument => format!("Es fehlt: {arg}."),
        ErrorKind::ArgumentConflict => format!("Die Angabe „{arg}“ kommt mehrfach vor oder passt nicht dazu."),
        ErrorKind::InvalidValue if value.is_empty() => format!("Zur Angabe „{arg}“ fehlt der Wert."),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("„{value}“ passt nicht zu „{arg}“. {why}.")
        }
        ErrorKind::InvalidUtf8 => "Eine Angabe enthält unlesbare Zeichen.".to_owned(),
        _ => format!("„{value}“ passt nicht zu „{arg}“."),
    }
}

fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
