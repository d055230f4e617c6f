// SPDX-License-Identifier: EUPL-1.2
//! The quarter: figures of the spaces, partners and contacts, two projects, and a cut of the spaces planned for the
//! coming year.

use super::map::{self, Quarter};
use super::pen::working_day;
use super::staff::{Cast, Person};
use super::words::Words;
use app::access::operator;
use app::network::{self, DecideProject};
use app::territory::{self, Draft, NewRecut, Upload};
use app::{App, Failure};
use domain::kernel::{Day, Line, Moment, Note, PartnerId, ProjectId, SpaceId};
use domain::network::{
    CostLine, Count, Decider, Evaluation, Minutes, NewContact, NewPartner, NewProject, Opinion, PartnerKind, Rhythm,
    Tie, WorkColumn, WorkField,
};

/// Name, kind, tie, rhythm in weeks, spoken to so many days ago, what came of it.
const PARTNERS: [(&str, PartnerKind, Tie, i64, i32, &str); 5] = [
    ("Grundschule am Deich", PartnerKind::School, Tie::Coordination, 6, 12, "Das Lehrerzimmer ist dienstags offen."),
    ("Schwimmverein Musterhafen", PartnerKind::Association, Tie::CoProduction, 4, 9, "Zwei Bahnen bleiben frei."),
    ("Stadtteilrunde", PartnerKind::Body, Tie::Coordination, 8, 75, "Die Runde sucht einen neuen Raum."),
    ("Kiosk an der Brücke", PartnerKind::Business, Tie::Information, 12, 20, "Hängt unsere Zettel auf."),
    ("Kinderarztpraxis am Markt", PartnerKind::Health, Tie::Information, 26, 230, "Ruft an, wenn Eltern fragen."),
];

/// Makes all of it up to the present.
pub async fn tend(
    house: &App,
    cast: &Cast,
    (quarters, words): (&[Quarter], &Words),
    end: Moment,
) -> Result<(), Failure> {
    let (Some(tender), Some(lead)) = (cast.coordinators.first(), cast.leads.first()) else { return Ok(()) };
    let spaces = territory::spaces(house, &tender.actor).await?;
    let home = quarters.first().and_then(|one| spaces.iter().find(|space| space.key == one.key));
    let Some(home) = home.map(|space| space.id) else { return Ok(()) };
    figures(&house.at(end), quarters, end.day()).await?;
    let partners = partners(house, tender, home, end).await?;
    projects(house, (tender, lead), (home, &partners), end).await?;
    super::projects::run(house, (tender, lead), home, end).await?;
    recut(&house.at(end), (quarters, words), end.day()).await
}

async fn figures(house: &App, quarters: &[Quarter], today: Day) -> Result<(), Failure> {
    let as_of = today.year_start().plus_days(-1).german();
    let mut table = String::from("Schlüssel;Merkmal;Wert;Einheit;Quelle;Stand\n");
    for (number, quarter) in quarters.iter().enumerate() {
        let number = i32::try_from(number % 9).unwrap_or_default();
        for (name, value, unit) in [
            ("Einwohner", 6_200 + 310 * number, ""),
            ("Unter 18 Jahren", 17 + number % 5, "%"),
            ("Alleinerziehende Haushalte", 19 + number % 7, "%"),
            ("Inobhutnahmen", number % 4, "Kinder"),
        ] {
            table.push_str(&format!("{};{name};{value};{unit};Melderegister und Amt;{as_of}\n", quarter.key));
        }
    }
    let file = ("kennzahlen.csv", table.as_bytes());
    territory::import_figures(house, &operator(), None, file, false).await.map(|_| ())
}

/// A working hour so many days ago.
pub(super) fn ago(end: Moment, days: i32) -> Moment {
    Moment::on(working_day(end.day().plus_days(-days)), 11 * 60).min(end)
}

async fn partners(house: &App, tender: &Person, home: SpaceId, end: Moment) -> Result<Vec<PartnerId>, Failure> {
    let mut all = Vec::new();
    for (name, kind, tie, weeks, days, result) in PARTNERS {
        let new = NewPartner {
            name: Line::parse(name)?,
            kind,
            tie,
            space: Some(home),
            contact: Some(Line::parse("Tel. 04099 555 01")?),
            topics: None,
            rhythm: Some(Rhythm::new(weeks)?),
            agreement: Note::optional(if tie == Tie::CoProduction {
                "Zwei Bahnen am Dienstag, gemeinsam genutzt"
            } else {
                ""
            })?,
            agreed_from: Some(end.day().plus_months(-8)),
            agreed_until: None,
        };
        let id = network::keep_partner(&house.at(ago(end, 300)), &tender.actor, None, None, new).await?;
        log(house, tender, ago(end, days), (Some(id), None), (home, result)).await?;
        all.push(id);
    }
    Ok(all)
}

pub(super) async fn log(
    house: &App,
    tender: &Person,
    at: Moment,
    (partner, project): (Option<PartnerId>, Option<ProjectId>),
    (space, result): (SpaceId, &str),
) -> Result<(), Failure> {
    let new = NewContact {
        on: at.day(),
        column: if project.is_some() { WorkColumn::CrossCase } else { WorkColumn::Network },
        field: if project.is_some() { WorkField::Build } else { WorkField::Tend },
        space: Some(space),
        partner,
        project,
        person: None,
        time: Minutes::new(75),
        result: Note::parse(result)?,
        next_on: None,
    };
    network::log_contact(&house.at(at), &tender.actor, None, new).await.map(|_| ())
}

pub(super) fn proposal(title: &str, column: WorkColumn, home: SpaceId, costs: &str) -> Result<NewProject, Failure> {
    Ok(NewProject {
        title: Line::parse(title)?,
        column,
        space: home,
        found_in: Line::parse("Sozialraumteam, kollegiale Beratungen")?,
        need: Note::parse("In mehreren Beratungen fehlte dasselbe Angebot am Nachmittag.")?,
        goals: Note::parse("Acht Kinder nehmen bis zum Sommer regelmäßig teil.")?,
        help_link: Note::parse("In drei Hilfeplänen steht ein Ziel, zu dem es beiträgt.")?,
        terms: Note::parse("Der Verein stellt Raum und Anleitung, die Koordination begleitet.")?,
        hours: Some(Minutes::new(40 * 60)),
        costs: CostLine::parse_all(costs)?,
    })
}

async fn projects(
    house: &App,
    (tender, lead): (&Person, &Person),
    (home, partners): (SpaceId, &[PartnerId]),
    end: Moment,
) -> Result<(), Failure> {
    let swim = proposal(
        "Schwimmgruppe am Dienstag",
        WorkColumn::CrossCase,
        home,
        "1.400; Trainerin; Angebote\n600; Bahnmiete",
    )?;
    let (spring, later) = (house.at(ago(end, 150)), house.at(ago(end, 140)));
    let id = network::propose(&spring, &tender.actor, None, swim).await?;
    let words = Note::optional("Passt zu drei Familien und zum Viertel.")?;
    network::advise(&later, &tender.actor, None, id, (Opinion::InFavour, words)).await?;
    let yes = DecideProject { granted: true, by: Decider::TeamLead, resolution: None, words: None };
    network::decide(&later, &lead.actor, None, id, yes).await?;
    network::begin(&later, &tender.actor, None, id).await?;
    for (days, result) in [(120, "Acht Kinder waren da."), (60, "Sechs schwimmen ohne Hilfe.")] {
        log(house, tender, ago(end, days), (partners.get(1).copied(), Some(id)), (home, result)).await?;
    }
    let told = Evaluation {
        reached: Note::parse("Ja, sechs von acht Kindern schwimmen. Der Verein will weitermachen.")?,
        assessment: Note::parse("Trägt sich ab dem Sommer mit Vereinsmitteln.")?,
        current: Count::parse("3")?,
        potential: Count::parse("5")?,
    };
    network::evaluate(&house.at(ago(end, 20)), &tender.actor, None, id, told).await?;
    let idea = proposal("Lesepaten für die Grundschule", WorkColumn::Independent, home, "300; Bücher")?;
    network::propose(&house.at(ago(end, 6)), &tender.actor, None, idea).await.map(|_| ())
}

/// Two neighbours become one space from the first of January on.
async fn recut(house: &App, (quarters, words): (&[Quarter], &Words), today: Day) -> Result<(), Failure> {
    let [first, second, ..] = quarters else { return Ok(()) };
    let mut drawn = quarters.to_vec();
    if let Some(joined) = drawn.get_mut(1) {
        (joined.key, joined.name) = (first.key.clone(), first.name.clone());
    }
    let mut paved = quarters.to_vec();
    let moved = paved.remove(1).streets;
    if let Some(home) = paved.first_mut() {
        home.streets.extend(moved);
    }
    let (zu, ra) = map::streets(&paved);
    let upload = |name: &str, text: String| Upload { name: name.to_owned(), bytes: text.into_bytes() };
    let draft = Draft {
        new: NewRecut {
            title: Line::parse(&format!("{} und {} werden ein Sozialraum", first.name, second.name))?,
            valid_from: today.year_end().plus_days(1),
            key_field: "schluessel".to_owned(),
            name_field: "name".to_owned(),
            region_field: Some("region".to_owned()),
        },
        spaces: upload("zuschnitt.geojson", map::geojson(&drawn, words)),
        streets: Some((upload("zu.csv", zu), upload("ra.csv", ra))),
        points: None,
    };
    let id = territory::draft(house, &operator(), None, draft).await?;
    territory::plan(house, &operator(), None, id).await.map(|_| ())
}
