// SPDX-License-Identifier: EUPL-1.2
//! Bringing in boundaries: regions, teams and spaces are found or made, and a new edition begins.

use crate::core::{App, Failure, in_office};
use domain::access::{Action, Actor};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, EditionId, Line, RegionId, SpaceId, TeamId};
use domain::territory::{
    Finding, KnownSpace, ReadOptions, SocialSpace, SpaceFeature, SpaceKey, compare_spaces, is_importable, read_spaces,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::territory::{self, EditionKind};
use store::{ReadTx, StoreError, WriteTx};

/// Where spaces stand whose file names no region.
const ONLY_REGION: &str = "Gesamtgebiet";
/// The team that gets what cannot wait and has no place yet.
const DUTY_DESK: &str = "Bereitschaft";

/// Told how many of how many are written; silent by default.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Fn(usize, usize) + Send + Sync>>);

impl Progress {
    /// Tells somebody.
    pub fn new(tell: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(tell)))
    }

    /// So many of so many are done.
    pub fn tell(&self, done: usize, all: usize) {
        if let Some(tell) = &self.0 {
            tell(done, all);
        }
    }
}

/// How boundaries are to be brought in.
#[derive(Clone)]
pub struct SpacesImport {
    /// Which fields mean what.
    pub options: ReadOptions,
    /// The first day of the new edition.
    pub valid_from: Day,
    /// Only look, write nothing.
    pub dry_run: bool,
    /// Whom to tell.
    pub progress: Progress,
}

/// What came of it. Without an edition nothing was written.
#[derive(Debug, Clone, Default)]
pub struct SpacesReport {
    /// Everything there is to say, the gravest first.
    pub findings: Vec<Finding>,
    /// Spaces in the file.
    pub spaces: usize,
    /// Of these, new to the office.
    pub new_spaces: usize,
    /// Regions that had to be made.
    pub new_regions: usize,
    /// The new edition.
    pub edition: Option<EditionId>,
}

/// Brings in boundaries: all of the file, or nothing if one finding is an error.
///
/// # Errors
/// [`Failure::Denied`] without the right to manage the territory; [`Failure::Broken`].
pub async fn import_spaces(
    app: &App,
    actor: &Actor,
    text: &str,
    import: SpacesImport,
) -> Result<SpacesReport, Failure> {
    in_office(actor, Action::ManageTerritory)?;
    let read = read_spaces(text, &import.options);
    let features = Arc::new(read.features);
    let looked_at = Arc::clone(&features);
    let ground = app.read(move |tx| Ok(Ground::load(tx)?)).await?;
    let mut report = ground.report(&looked_at);
    report.findings.splice(..0, read.findings);
    report.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    if import.dry_run || !is_importable(&report.findings) {
        return Ok(report);
    }
    let (house, who) = (app.clone(), actor.clone());
    let edition = app
        .change(actor, None, move |tx| {
            let mut ground = Ground::load(&tx)?;
            let tx = tx.allow(in_office(&who, Action::ManageTerritory)?);
            let edition = ground.write(&house, &tx, &features, &import)?;
            Ok(tx.commit(Deed::new(DeedKind::SpacesImported, edition), edition)?)
        })
        .await?;
    report.edition = Some(edition);
    Ok(report)
}

/// What the office has before the import.
pub(super) struct Ground {
    known: Vec<KnownSpace>,
    ids: BTreeMap<SpaceKey, SocialSpace>,
    regions: BTreeMap<String, RegionId>,
    team_names: BTreeSet<String>,
    duty_desk: Option<TeamId>,
}

impl Ground {
    pub(super) fn load(tx: &ReadTx<'_>) -> Result<Self, StoreError> {
        let teams = territory::teams(tx)?;
        let wrong = |_| StoreError::Inconsistent("social_space", "text".into());
        let known = territory::overview(tx)?.into_iter().map(|line| {
            let key = SpaceKey::parse(&line.key).map_err(wrong)?;
            let (name, region) = (Line::parse(&line.name).map_err(wrong)?, Line::parse(&line.region).map_err(wrong)?);
            Ok(KnownSpace { key, name, region })
        });
        Ok(Self {
            known: known.collect::<Result<_, StoreError>>()?,
            ids: territory::spaces(tx)?.into_iter().map(|space| (space.key.clone(), space)).collect(),
            regions: teams.iter().map(|team| (team.region_name.clone(), team.region)).collect(),
            team_names: teams.into_iter().map(|team| team.name).collect(),
            duty_desk: territory::duty_desk(tx)?,
        })
    }

    pub(super) fn report(&self, features: &[SpaceFeature]) -> SpacesReport {
        let new: Vec<&SpaceFeature> = features.iter().filter(|feature| !self.ids.contains_key(&feature.key)).collect();
        let regions: BTreeSet<&str> = new.iter().map(|feature| region_name(feature)).collect();
        SpacesReport {
            findings: compare_spaces(&self.known, features),
            spaces: features.len(),
            new_spaces: new.len(),
            new_regions: regions.into_iter().filter(|name| !self.regions.contains_key(*name)).count(),
            edition: None,
        }
    }

    /// Writes an edition. What begins later renames nothing yet: until then the old names hold.
    pub(super) fn write(
        &mut self,
        house: &App,
        tx: &WriteTx<'_>,
        features: &[SpaceFeature],
        import: &SpacesImport,
    ) -> Result<EditionId, Failure> {
        let edition = house.fresh();
        territory::insert_edition(tx, edition, EditionKind::Boundaries, import.valid_from)?;
        for (number, feature) in (1..).zip(features) {
            let space = self.space(house, tx, feature)?;
            if import.valid_from <= house.today() {
                self.rename(tx, feature)?;
            }
            territory::insert_boundary(tx, edition, space, &feature.boundary)?;
            import.progress.tell(number, features.len());
        }
        if let (None, Some(region)) = (self.duty_desk, self.first_region(features)) {
            // Danger never waits for an edition that begins later.
            let since = import.valid_from.min(house.today());
            let name = self.free_team_name(DUTY_DESK, "Jugendamt");
            territory::insert_team(tx, house.fresh(), region, &name, Some(since))?;
        }
        Ok(edition)
    }

    /// Gives a known space the name of the file.
    pub(super) fn rename(&self, tx: &WriteTx<'_>, feature: &SpaceFeature) -> Result<(), StoreError> {
        match self.ids.get(&feature.key).filter(|space| space.name != feature.name) {
            Some(space) => {
                territory::rename_space(tx, space.id, &feature.name)?;
                store::resources::space_renamed(tx, space.id)
            }
            None => Ok(()),
        }
    }

    /// The id of the space; a new one gets a team in its region, a known one keeps what it has.
    fn space(&mut self, house: &App, tx: &WriteTx<'_>, feature: &SpaceFeature) -> Result<SpaceId, StoreError> {
        if let Some(space) = self.ids.get(&feature.key) {
            return Ok(space.id);
        }
        let region = self.region(house, tx, feature)?;
        let team = house.fresh();
        let name = self.free_team_name(&format!("Team {}", feature.name.as_str()), feature.key.as_str());
        territory::insert_team(tx, team, region, &name, None)?;
        let (key, name) = (feature.key.clone(), feature.name.clone());
        let space = SocialSpace { id: house.fresh(), region, team, key, name };
        territory::insert_space(tx, &space)?;
        let id = space.id;
        self.ids.insert(feature.key.clone(), space);
        Ok(id)
    }

    fn region(&mut self, house: &App, tx: &WriteTx<'_>, feature: &SpaceFeature) -> Result<RegionId, StoreError> {
        let name = region_name(feature);
        if let Some(region) = self.regions.get(name) {
            return Ok(*region);
        }
        let wrong = |_| StoreError::Inconsistent("region", "name".into());
        let line = Line::parse(name).map_err(wrong)?;
        // A region without a team is not among those loaded.
        let region = match territory::region_by_name(tx, &line)? {
            Some(region) => region,
            None => {
                let region = house.fresh();
                territory::insert_region(tx, region, &line)?;
                region
            }
        };
        self.regions.insert(name.to_owned(), region);
        Ok(region)
    }

    /// The region of the file's first space.
    fn first_region(&self, features: &[SpaceFeature]) -> Option<RegionId> {
        let first = features.first()?;
        let known = self.ids.get(&first.key).map(|space| space.region);
        known.or_else(|| self.regions.get(region_name(first)).copied())
    }

    fn free_team_name(&mut self, name: &str, addition: &str) -> String {
        let taken = self.team_names.contains(name);
        let name = if taken { format!("{name} ({addition})") } else { name.to_owned() };
        self.team_names.insert(name.clone());
        name
    }
}

fn region_name(feature: &SpaceFeature) -> &str {
    feature.region.as_ref().map_or(ONLY_REGION, Line::as_str)
}
