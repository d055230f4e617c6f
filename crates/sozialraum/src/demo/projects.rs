// SPDX-License-Identifier: EUPL-1.2
//! Projects beside the swimming group: one in each stage a project can be in.

use super::quarter::{ago, log, proposal};
use super::staff::Person;
use app::network::{self, DecideProject, EndProject};
use app::{App, Failure};
use domain::kernel::{Line, Moment, Note, SpaceId};
use domain::network::{Count, Decider, Evaluation, Opinion, Project, ProjectEnd, WorkColumn};

/// Title, column, costs, how far it got, proposed so many days ago.
type Plan = (&'static str, WorkColumn, &'static str, Project, i32);

const PLANS: [Plan; 6] = [
    ("Kochen am Samstag", WorkColumn::CrossCase, "480; Lebensmittel", Project::Advised, 35),
    ("Busausflug ans Meer", WorkColumn::CrossCase, "2.100; Bus", Project::Refused, 120),
    ("Nachbarschaftstisch im Hof", WorkColumn::Independent, "650; Tische und Bänke", Project::Approved, 60),
    ("Fahrradprüfung für Mütter", WorkColumn::CrossCase, "900; Räder\n300; Anleitung", Project::Running, 110),
    ("Erzählcafé der Generationen", WorkColumn::Independent, "400; Kaffee", Project::HandedOver, 300),
    ("Hausaufgabenraum im Hort", WorkColumn::CrossCase, "1.200; Honorar", Project::Ended, 340),
];

/// Takes each of them as far as it got.
pub async fn run(house: &App, people: (&Person, &Person), home: SpaceId, end: Moment) -> Result<(), Failure> {
    for plan in PLANS {
        one(house, people, home, (plan, end)).await?;
    }
    Ok(())
}

async fn one(
    house: &App,
    (tender, lead): (&Person, &Person),
    home: SpaceId,
    ((title, column, costs, stage, days), end): (Plan, Moment),
) -> Result<(), Failure> {
    let at = |later: i32| house.at(ago(end, days - later));
    let id = network::propose(&at(0), &tender.actor, None, proposal(title, column, home, costs)?).await?;
    let opinion = if stage == Project::Refused { Opinion::Against } else { Opinion::InFavour };
    let words = Note::optional("Im Team besprochen; mehrere Familien fragen danach.")?;
    network::advise(&at(10), &tender.actor, None, id, (opinion, words)).await?;
    if stage == Project::Advised {
        return Ok(());
    }
    let granted = stage != Project::Refused;
    let decided = DecideProject { granted, by: Decider::TeamLead, resolution: None, words: None };
    network::decide(&at(15), &lead.actor, None, id, decided).await?;
    if !granted || stage == Project::Approved {
        return Ok(());
    }
    network::begin(&at(25), &tender.actor, None, id).await?;
    log(house, tender, ago(end, days - 40), (None, Some(id)), (home, "Zum ersten Mal zusammengekommen.")).await?;
    if stage == Project::Running {
        return Ok(());
    }
    let told = Evaluation {
        reached: Note::parse("Ja, es kamen jedes Mal zehn Menschen.")?,
        assessment: Note::parse("Trägt sich jetzt ohne unsere Mittel.")?,
        current: Count::parse("2")?,
        potential: Count::parse("6")?,
    };
    network::evaluate(&at(150), &tender.actor, None, id, told).await?;
    let (how, who) = match stage {
        Project::HandedOver => (ProjectEnd::HandedOver, "Nachbarschaftsverein am Deich"),
        _ => (ProjectEnd::Ended, "Der Hort hat jetzt eigene Räume"),
    };
    network::end(&at(160), &tender.actor, None, id, EndProject { end: how, who: Line::parse(who)? }).await.map(|_| ())
}
