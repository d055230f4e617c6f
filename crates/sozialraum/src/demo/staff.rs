// SPDX-License-Identifier: EUPL-1.2
//! The people at work in the invented town: accounts and posts, then signed in as demo users are.

use super::map::region_name;
use super::size::Size;
use super::words::{Words, nth};
use app::access::{self, NewPerson, PostPlace, operator};
use app::agencies;
use app::{App, Failure, territory};
use domain::access::{Actor, Email, Role};
use domain::agencies::AgencyKind;
use domain::kernel::{AgencyId, Line, RegionId, TeamId};

/// A team with its space and its people.
#[derive(Debug, Clone)]
pub struct Team {
    pub id: TeamId,
    pub region: usize,
    pub workers: Vec<Person>,
    /// Who sits in it for agencies, and moderates or leads it.
    pub advisers: Vec<Person>,
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Person {
    pub actor: Actor,
    pub name: String,
}

/// Everybody the stories need.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    pub regions: Vec<RegionId>,
    pub teams: Vec<Team>,
    pub duty: Vec<Person>,
    pub finance: Vec<Person>,
    pub leads: Vec<Person>,
    pub coordinators: Vec<Person>,
    /// Prices that were agreed.
    pub prices: Vec<super::agreements::Price>,
    /// Agencies, each with the one who opens its post.
    pub agencies: Vec<(AgencyId, Person)>,
}

/// The one of a key that is made last of all; a town without it is not finished.
pub const LAST_KEY: &str = "datenschutz-1";

/// Makes accounts one after another, each with the next name.
pub struct Hiring<'a> {
    house: &'a App,
    words: &'a Words,
    hired: usize,
}

/// Whom to hire, and for what.
struct Job<'a> {
    key: String,
    role: Role,
    place: PostPlace,
    agency: Option<AgencyId>,
    name: Option<&'a str>,
}

impl Job<'_> {
    fn office(key: impl Into<String>, role: Role, place: PostPlace) -> Self {
        Self { key: key.into(), role, place, agency: None, name: None }
    }
}

/// The name that the demo's first worker bears.
const FIRST_WORKER: &str = "Jella Marquardt";

impl<'a> Hiring<'a> {
    pub fn new(house: &'a App, words: &'a Words) -> Self {
        Self { house, words, hired: 0 }
    }

    /// Hires everybody but the last one.
    pub async fn everybody(&mut self, size: Size) -> Result<Cast, Failure> {
        let mut cast = self.teams(size).await?;
        let house = PostPlace::House;
        for number in 1..=size.duty {
            let desk = self.duty_desk(&cast).await?;
            let job = Job::office(format!("bereitschaft-{number}"), Role::CaseWorker, PostPlace::Team(desk));
            cast.duty.push(self.hire(job).await?);
        }
        for number in 1..=size.finance {
            cast.finance.push(self.hire(Job::office(format!("finanzen-{number}"), Role::Finance, house)).await?);
        }
        for number in 1..=size.planners {
            self.hire(Job::office(format!("planung-{number}"), Role::Planner, house)).await?;
        }
        for number in 1..=size.committee {
            self.hire(Job::office(format!("ausschuss-{number}"), Role::CommitteeMember, house)).await?;
        }
        self.hire(Job::office("verwaltung-1", Role::Administrator, house)).await?;
        self.agencies(size, &mut cast).await?;
        Ok(cast)
    }

    /// Hires the one who completes the town.
    pub async fn last(&mut self) -> Result<(), Failure> {
        self.hire(Job::office(LAST_KEY, Role::DataProtectionOfficer, PostPlace::House)).await.map(|_| ())
    }

    async fn duty_desk(&self, cast: &Cast) -> Result<TeamId, Failure> {
        let teams = territory::teams(self.house, &operator()).await?;
        let of_a_space = |id: TeamId| cast.teams.iter().any(|team| team.id == id);
        let desk = teams.iter().find(|team| !of_a_space(team.id)).map(|team| team.id);
        desk.ok_or(app::casework::intake::NO_DUTY_DESK.broken().into())
    }

    async fn teams(&mut self, size: Size) -> Result<Cast, Failure> {
        let mut cast = Cast::default();
        let mut spaces = territory::spaces(self.house, &operator()).await?;
        spaces.sort_by(|one, other| one.key.cmp(&other.key));
        let teams = territory::teams(self.house, &operator()).await?;
        for region in 0..size.regions {
            let name = region_name(self.words, region);
            let Some(id) = teams.iter().find(|team| team.region_name == name).map(|team| team.region) else { continue };
            cast.regions.push(id);
            let slug = slug(nth(&self.words.regions, region));
            let mut number = 0;
            for space in spaces.iter().filter(|space| space.region == name) {
                let mut team = Team { id: space.team, region, workers: Vec::new(), advisers: Vec::new() };
                for _ in 0..size.workers {
                    number += 1;
                    let key = format!("asd-{slug}-{number}");
                    let name = (key == "asd-nord-1").then_some(FIRST_WORKER);
                    let job = Job { name, ..Job::office(key, Role::CaseWorker, PostPlace::Team(team.id)) };
                    team.workers.push(self.hire(job).await?);
                }
                cast.teams.push(team);
            }
            let place = PostPlace::Region(id);
            let lead = self.hire(Job::office(format!("leitung-{slug}"), Role::TeamLead, place)).await?;
            let coordinator = self.hire(Job::office(format!("koordination-{slug}"), Role::Coordinator, place)).await?;
            for team in cast.teams.iter_mut().filter(|team| team.region == region) {
                team.advisers.extend([lead.clone(), coordinator.clone()]);
            }
            cast.leads.push(lead);
            cast.coordinators.push(coordinator);
        }
        Ok(cast)
    }

    async fn agencies(&mut self, size: Size, cast: &mut Cast) -> Result<(), Failure> {
        for number in 0..size.agencies {
            let id = self.agency(number).await?;
            let employed = |key: String, role, place| Job { agency: Some(id), ..Job::office(key, role, place) };
            let shown = number + 1;
            let lead = employed(format!("traeger-{shown}-leitung"), Role::AgencyLead, PostPlace::House);
            let mut clerk = self.hire(lead).await?;
            if number < size.agency_workers {
                let worker = employed(format!("traeger-{shown}-fachkraft"), Role::AgencyWorker, PostPlace::House);
                clerk = self.hire(worker).await?;
            }
            cast.agencies.push((id, clerk));
        }
        for (at, team) in cast.teams.iter_mut().enumerate() {
            for seat in 0..size.seats_in_team {
                let agency = cast.agencies.get((at * size.seats_in_team + seat) % size.seats.max(1));
                let Some((agency, _)) = agency else { continue };
                agencies::give_seat(self.house, &operator(), None, *agency, team.id).await?;
            }
        }
        // The first teams each know one person of an agency that has a seat there.
        for seat in 0..size.seats {
            let agency = (seat * size.seats_in_team + seat / 2 % 2) % size.seats;
            let Some((agency, _)) = cast.agencies.get(agency) else { continue };
            let Some(team) = cast.teams.get_mut(seat) else { continue };
            let job = Job::office(format!("sitz-{}", seat + 1), Role::TeamMember, PostPlace::Team(team.id));
            team.advisers.push(self.hire(Job { agency: Some(*agency), ..job }).await?);
        }
        Ok(())
    }

    async fn agency(&self, number: usize) -> Result<AgencyId, Failure> {
        let name = nth(&self.words.agencies, number);
        let round = number / self.words.agencies.len().max(1);
        let name = if round == 0 { name.to_owned() } else { format!("{name} {}", nth(&self.words.regions, round)) };
        let kind = match () {
            () if name.starts_with("Städtisch") => AgencyKind::Public,
            () if name.contains(" GmbH") => AgencyKind::Commercial,
            () => AgencyKind::Independent,
        };
        let contact = Line::parse(&format!("kontakt-{}@traeger.example", number + 1))?;
        agencies::add(self.house, &operator(), None, (Line::parse(&name)?, kind, Some(contact))).await
    }

    async fn hire(&mut self, job: Job<'_>) -> Result<Person, Failure> {
        let at = self.hired;
        self.hired += 1;
        // Two lists of different lengths walked at different speeds: no two people share a whole name.
        let (first, all) = (at % self.words.adult_names.len().max(1), self.words.surnames.len().max(1));
        let surname = nth(&self.words.surnames, at * 3 + at / all + 5);
        let invented = format!("{} {surname}", nth(&self.words.adult_names, first * 7));
        let name = job.name.unwrap_or(&invented);
        let host = if job.agency.is_some() { "traeger.example" } else { "musterhafen.example" };
        let new = NewPerson {
            name: Line::parse(name)?,
            email: Email::parse(&format!("{}@{host}", job.key))?,
            agency: job.agency,
            password: None,
            demo_key: Some(job.key.clone()),
        };
        let user = access::add_person(self.house, &operator(), None, new).await?;
        access::give_post(self.house, &operator(), None, user, (job.role, job.place)).await?;
        let token = access::sign_in_demo(self.house, &job.key).await?;
        let signed = access::signed_in(self.house, &token).await?;
        let signed = signed.ok_or(Failure::from(access::SIGN_IN_NO_POST.broken()))?;
        Ok(Person { actor: signed.actor, name: signed.name })
    }
}

fn slug(region: &str) -> String {
    region.to_lowercase().replace('ü', "ue")
}
