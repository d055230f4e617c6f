// SPDX-License-Identifier: EUPL-1.2
//! `person add`: the way into a new office.

use crate::cli::PlaceArgs;
use crate::ending::Ending;
use crate::{german, office};
use app::access::{EMAIL_TAKEN, NewPerson, PostPlace, add_person, give_post, operator};
use app::{App, Failure, agencies, territory};
use clap::Args;
use domain::access::{Email, Password, Role};
use domain::kernel::{AgencyId, Line};
use std::io::BufRead;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(next_help_heading = german::OPTIONS)]
pub struct AddArgs {
    /// Vor- und Nachname.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// E-Mail-Adresse, mit der sich die Person anmeldet.
    #[arg(long, value_name = "ADRESSE")]
    email: String,
    /// Datei, deren erste Zeile das Passwort ist; ohne Angabe wird die Standardeingabe gelesen.
    #[arg(long, value_name = "DATEI")]
    password_file: Option<PathBuf>,
    /// Dienstposten: administrator, case-worker, team-lead, finance, planner, coordinator, committee-member,
    /// data-protection-officer, agency-worker, agency-lead oder team-member.
    #[arg(long, value_name = "ROLLE", value_parser = role)]
    role: Option<Role>,
    /// Name des Teams, in dem der Posten gilt.
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// Name der Region, in der der Posten gilt.
    #[arg(long, value_name = "NAME", conflicts_with = "team")]
    region: Option<String>,
    /// Name des Trägers, bei dem die Person arbeitet; ohne Angabe beim Jugendamt.
    #[arg(long, value_name = "NAME")]
    agency: Option<String>,
    #[command(flatten)]
    place: PlaceArgs,
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(text).ok_or_else(|| format!("Bekannt sind: {}", codes()))
}

fn codes() -> String {
    Role::ALL.iter().map(|role| role.code()).collect::<Vec<_>>().join(", ")
}

/// Adds an account and, with a role, its post.
pub async fn add(args: AddArgs) -> Result<(), Ending> {
    let wrong = |what: &str| Ending::usage(format!("Das ist {what}."));
    let name = Line::parse(&args.name).ok().ok_or_else(|| wrong("kein Name"))?;
    let email = Email::parse(&args.email).ok().ok_or_else(|| wrong("keine E-Mail-Adresse"))?;
    let place = args.place.place()?;
    let password = password(args.password_file.as_deref())?;
    let app = office::open_or_found(&office::open(&place).await?, args.place.office.as_deref()).await?;
    let agency = match &args.agency {
        Some(name) => Some(agency(&app, name).await?),
        None => None,
    };
    let post = match args.role {
        Some(role) => Some((role, post_place(&app, role, &args).await?)),
        None => None,
    };
    let new = NewPerson { name, email, agency, password: Some(password), demo_key: None };
    let user = add_person(&app, &operator(), None, new).await.map_err(known_already)?;
    if let Some(post) = post {
        give_post(&app, &operator(), None, user, post).await?;
    }
    println!("Das Konto {} ist angelegt.", args.email);
    Ok(())
}

fn known_already(failure: Failure) -> Ending {
    match &failure {
        Failure::Refused(refusals) if refusals.list().iter().any(|refusal| refusal.rule == EMAIL_TAKEN) => {
            Ending::faulty("Zu dieser E-Mail-Adresse gibt es schon ein Konto.")
        }
        _ => failure.into(),
    }
}

fn password(file: Option<&Path>) -> Result<Password, Ending> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| Ending::file(file, &error))?,
        None => {
            eprintln!("Passwort (eine Zeile, sie ist beim Tippen zu sehen):");
            let mut line = String::new();
            let read = std::io::stdin().lock().read_line(&mut line);
            read.map_err(|error| Ending::file(Path::new("Standardeingabe"), &error))?;
            line
        }
    };
    let short = "Das Passwort ist zu kurz oder zu einfach: mindestens 12 Zeichen, nicht der Name des Programms.";
    Password::new(text.lines().next().unwrap_or_default()).ok().ok_or_else(|| Ending::faulty(short))
}

async fn agency(app: &App, name: &str) -> Result<AgencyId, Ending> {
    let all = agencies::all(app, &operator()).await?;
    let found = all.iter().find(|line| line.agency.name.as_str() == name).map(|line| line.agency.id);
    found.ok_or_else(|| Ending::faulty(format!("Den Träger „{name}“ gibt es hier nicht.")))
}

/// Checked before the account is made, so that no account is left without the post it was made for.
async fn post_place(app: &App, role: Role, args: &AddArgs) -> Result<PostPlace, Ending> {
    if role.of_office() == args.agency.is_some() {
        return Err(Ending::usage(match role.of_office() {
            true => "Dieser Posten ist einer des Jugendamts; --agency passt nicht dazu.",
            false => "Dieser Posten ist einer bei einem Träger; bitte --agency NAME angeben.",
        }));
    }
    let teams = territory::teams(app, &operator()).await?;
    match (role, &args.team, &args.region) {
        (Role::CaseWorker | Role::TeamMember | Role::TeamLead | Role::Coordinator, Some(name), _) => {
            let team = teams.iter().find(|team| team.name == *name).map(|team| PostPlace::Team(team.id));
            team.ok_or_else(|| Ending::faulty(format!("Das Team „{name}“ gibt es hier nicht.")))
        }
        (Role::TeamLead | Role::Coordinator, None, Some(name)) => {
            let team = teams.iter().find(|team| team.region_name == *name);
            let region = team.map(|team| PostPlace::Region(team.region));
            region.ok_or_else(|| Ending::faulty(format!("Die Region „{name}“ gibt es hier nicht.")))
        }
        (Role::CaseWorker | Role::TeamMember, ..) => Err(Ending::usage("Zu diesem Posten gehört --team NAME.")),
        (Role::TeamLead | Role::Coordinator, ..) => {
            Err(Ending::usage("Zu diesem Posten gehört --team NAME oder --region NAME."))
        }
        (_, None, None) => Ok(PostPlace::House),
        _ => Err(Ending::usage("Dieser Posten gilt im ganzen Haus; --team und --region passen nicht dazu.")),
    }
}
