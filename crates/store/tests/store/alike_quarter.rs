// SPDX-License-Identifier: EUPL-1.2
//! What both engines say of new cuts, hand-overs, figures, the network and projects.

use crate::alike::{CASE, say_all};
use crate::town::{Fault, id, line, note, space_of, teams, today};
use domain::kernel::{Amount, EditionId, PartnerId, ProjectId, RecutId};
use domain::network::{
    Correction, CostLine, Count, Evaluation, Minutes, NewContact, NewPartner, NewProject, PartnerKind, Project,
    Revision, Rhythm, Tie, UseKind, Version, WorkColumn, WorkField,
};
use domain::territory::{Figure, FigureKind, FigureValue, SpaceKey};
use store::casework::handovers::{self, Way};
use store::recut::{NewRecut, RecutFile};
use store::sight::RowSight;
use store::territory::EditionKind;
use store::{
    ReadTx, StoreError, WriteTx, contacts, figures, network, project_money, project_versions, projects, recut,
    territory,
};
use uuid::Uuid;

pub fn quarter(tx: &WriteTx<'_>) -> Result<(), Fault> {
    cuts(tx)?;
    let key = SpaceKey::parse("1")?;
    let figure = |value, name: &str| Figure {
        key: key.clone(),
        name: line(name),
        value: FigureValue::from_hundredths(value),
        unit: Some(line("%")),
        source: line("Melderegister"),
        as_of: today(),
        kind: FigureKind::Share,
        part_of: Some(line("Einwohner")),
    };
    let space = space_of(teams()[0].0);
    for (value, name) in [(1, "Zuzug"), (2, "Ärmste"), (3, "Zuzug")] {
        figures::keep(tx, space, &figure(value, name))?;
    }
    worked(tx)
}

fn cuts(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let ids: [RecutId; 2] = [id(0x8001), id(0x8002)];
    for one in ids {
        let new = NewRecut {
            title: line("Neuzuschnitt Süd"),
            valid_from: today().plus_days(40),
            key_field: "schluessel".into(),
            name_field: "name".into(),
            region_field: None,
        };
        let file = RecutFile { kind: "spaces".into(), name: "räume.geojson".into(), content: "{}".into() };
        recut::insert(tx, one, &new, &[file])?;
    }
    let edition: EditionId = id(0x8003);
    territory::insert_edition(tx, edition, EditionKind::Boundaries, today().plus_days(40))?;
    assert!(recut::plan(tx, ids[0], &[])? && recut::plan(tx, ids[1], &[edition])?);
    assert!(!recut::plan(tx, ids[0], &[])?, "planned once");
    assert!(recut::withdraw(tx, ids[1], &note("Der Rat wollte es anders"))?);
    let day = today().plus_days(40);
    assert_ne!(
        territory::edition_on(tx, EditionKind::Boundaries, day)?,
        Some(edition),
        "withdrawn editions never count"
    );
    let way = Way { case: id(CASE), from: teams()[0].0, to: teams()[1].0, space: space_of(teams()[1].0) };
    assert!(handovers::list_case(tx, id(1), ids[0], way, day)?);
    assert!(!handovers::list_case(tx, id(2), ids[0], way, day)?, "a case is listed once");
    assert!(handovers::arrange(tx, id(1), day, &line("Frau Kramer und die Mutter"))?);
    assert!(handovers::keep(tx, id(1), &note("Endet im Februar"))?);
    Ok(())
}

fn worked(tx: &WriteTx<'_>) -> Result<(), Fault> {
    let (partner, project): (PartnerId, ProjectId) = (id(1), id(1));
    let new = NewPartner {
        name: line("Grundschule am Öl"),
        kind: PartnerKind::School,
        tie: Tie::CoProduction,
        space: Some(space_of(teams()[0].0)),
        contact: Some(line("Sekretariat")),
        topics: None,
        rhythm: Rhythm::new(4).ok(),
        agreement: Some(note("Wir rufen an")),
        agreed_from: Some(today()),
        agreed_until: None,
    };
    network::insert_partner(tx, partner, &new)?;
    assert!(network::change_partner(tx, partner, &NewPartner { topics: Some(line("Übergänge")), ..new })?);
    let new = NewProject {
        title: line("Schwimmgruppe"),
        column: WorkColumn::CrossCase,
        space: space_of(teams()[0].0),
        found_in: line("Team"),
        need: note("Niemand kann schwimmen"),
        goals: note("Alle schwimmen"),
        help_link: note("Drei Pläne"),
        terms: note("Der Verein"),
        hours: Some(Minutes::new(600)),
        costs: vec![CostLine { kind: UseKind::Offer, what: line("Bahn"), amount: Amount::from_cents(90_000)? }],
    };
    projects::insert(tx, project, &new)?;
    let revised = Revision {
        of: Version::FIRST,
        title: line("Schwimmgruppe am Dienstag"),
        found_in: line("Team"),
        need: note("Niemand kann schwimmen"),
        goals: note("Alle schwimmen bis Mai"),
        help_link: note("Drei Pläne"),
        terms: note("Der Verein"),
        hours: None,
        costs: new.costs.clone(),
    };
    let Some(was) = projects::one(tx, project)? else { panic!("the project is there") };
    assert!(project_versions::change(tx, &was, Version::FIRST.next(), &revised)?);
    let step = projects::NewStep { state: "advised", opinion: Some("in-favour"), ..projects::NewStep::default() };
    projects::insert_step(tx, Uuid::from_u128(1), project, &step)?;
    assert!(projects::move_on(tx, project, (Project::Idea, Project::Running))?);
    assert!(!projects::move_on(tx, project, (Project::Idea, Project::Running))?, "moved once");
    met(tx, partner, project)?;
    project_money::insert_money(tx, project, id(1))?;
    let told = Evaluation {
        reached: note("Ja"),
        assessment: note("Gut"),
        current: Count::parse("3")?,
        potential: Count::parse("5")?,
    };
    assert!(projects::evaluate(tx, project, Project::Running, &told)?);
    assert!(projects::end(tx, project, Project::HandedOver, &line("Schwimmverein"))?);
    Ok(store::casework::consultations::hold(tx, id(1), today(), "Es fehlt ein Kurs.").map(|_| ())?)
}

/// Contacts of a partner and for a project, put right and erased; the partner ends and comes back.
fn met(tx: &WriteTx<'_>, partner: PartnerId, project: ProjectId) -> Result<(), Fault> {
    let contact = NewContact {
        on: today(),
        column: WorkColumn::CrossCase,
        field: WorkField::Build,
        space: None,
        partner: Some(partner),
        project: Some(project),
        person: None,
        time: Minutes::new(90),
        result: note("Der Verein macht mit"),
        next_on: Some(today().plus_days(7)),
    };
    contacts::insert(tx, id(1), &contact)?;
    contacts::insert(tx, id(2), &NewContact { partner: None, project: None, ..contact })?;
    let right = Correction { person: Some(line("Frau Petersen")), result: note("Der Kiosk macht mit"), next_on: None };
    assert!(contacts::correct(tx, id(1), &right)?);
    assert!(contacts::erase(tx, id(2))? && !contacts::erase(tx, id(2))?, "words go once");
    assert!(!contacts::correct(tx, id(2), &right)?, "what is gone is not put right");
    assert!(network::end_partner(tx, partner, &line("Schließt"))? && !network::end_partner(tx, partner, &line("x"))?);
    assert!(network::resume_partner(tx, partner)? && !network::resume_partner(tx, partner)?);
    Ok(())
}

pub fn quarter_says(tx: &ReadTx<'_>, out: &mut Vec<String>) -> Result<(), StoreError> {
    let all = &RowSight::Everything;
    let log =
        contacts::Wanted { from: today(), until: today(), before: contacts::FROM_NEWEST, partner: None, space: None };
    let from_newest = (domain::kernel::Moment(i64::MAX), Uuid::max());
    say_all!(
        out,
        recut::list(tx),
        recut::one(tx, id(0x8001)),
        recut::files(tx, id(0x8001)),
        recut::editions(tx, id(0x8002)),
        recut::case_places(tx, from_newest, 10),
        recut::agreements_for(tx, space_of(teams()[0].0), today()),
        recut::days(tx),
        handovers::one(tx, id(1)),
        handovers::of_teams(tx, all, "kept", 10),
        handovers::of_recut(tx, id(0x8001)),
        figures::of_space(tx, space_of(teams()[0].0)),
        network::partners(tx),
        contacts::log(tx, &log, 10),
        contacts::log(tx, &contacts::Wanted { partner: Some(id(1)), ..log }, 10),
        contacts::of_project(tx, id(1), 10),
        contacts::one(tx, id(1)),
        contacts::over(tx, today().plus_days(1)),
        project_versions::former(tx, id(1)),
        network::hours(tx, (today().year_start(), today())),
        network::said_since(tx, today().plus_months(-12)),
        projects::list(tx, projects::FROM_NEWEST, 10),
        projects::one(tx, id(1)),
        projects::costs(tx, id(1), Version::FIRST.next()),
        projects::steps(tx, id(1)),
        project_money::money(tx, id(1)),
        project_money::uses(tx, Project::HandedOver),
    );
    assert_eq!(figures::of_space(tx, space_of(teams()[0].0))?.len(), 2, "a later import of the same day replaces");
    Ok(())
}
