// SPDX-License-Identifier: EUPL-1.2
//! A project of case-independent or cross-case work: Berlin's six questions, a cost plan, and its way from the idea
//! to the end. The team gives an opinion and approves nothing; money comes out of grants (kind C) alone.

use super::contact::{Minutes, WorkColumn};
use crate::access::codes;
use crate::kernel::{Amount, Balance, Line, Note, Refusal, Rule, SpaceId};

/// Decided before the team was heard.
pub const PROJECT_NOT_ADVISED: Rule = Rule::new("project.not_advised", "Fachkonzept: Stellungnahme des Teams");
/// Decided, run or ended: it is too late for this.
pub const PROJECT_CLOSED: Rule = Rule::new("project.closed", "Projektverfahren");
/// Above the limit a body decides.
pub const PROJECT_ABOVE_LIMIT: Rule = Rule::new("project.above_limit", "Geschäftsordnung: Wertgrenze");
/// A body's decision without its number and day.
pub const PROJECT_RESOLUTION_MISSING: Rule = Rule::new("project.resolution_missing", "§ 71 SGB VIII; Protokoll");
/// Money or a beginning before there is a yes.
pub const PROJECT_NOT_APPROVED: Rule = Rule::new("project.not_approved", "§ 74 SGB VIII");
/// Evaluated or worked on while it does not run.
pub const PROJECT_NOT_RUNNING: Rule = Rule::new("project.not_running", "Projektverfahren");
/// Ended before anybody said what came of it.
pub const PROJECT_NOT_EVALUATED: Rule = Rule::new("project.not_evaluated", "§ 79a SGB VIII");
/// A line of the cost plan that cannot be read.
pub const COST_LINE_UNREADABLE: Rule = Rule::new("project.cost_line_unreadable", "Kostenplan");
/// More money than the cost plan has.
pub const PROJECT_TOO_DEAR: Rule = Rule::new("project.too_dear", "§ 74(3) SGB VIII");
/// A number of cases that cannot be read.
pub const COUNT_UNREADABLE: Rule = Rule::new("project.count_unreadable", "Wirkungszähler");

/// Up to this the lead of the region decides; above it a body.
pub const TEAM_LEAD_LIMIT: Balance = Balance::from_cents(250_000);

codes! {
    /// What money of a project is for (Lüneburg).
    #[doc(alias = "Verwendungsart")]
    UseKind {
        /// Betriebskosten.
        Running = "running",
        /// Sachkosten.
        Goods = "goods",
        /// Netzwerktätigkeit.
        Network = "network",
        /// Angebote.
        Offer = "offer",
    }
}

codes! {
    /// What the team says of an idea; it approves nothing (N3).
    #[doc(alias = "Stellungnahme")]
    Opinion {
        /// It should be done.
        InFavour = "in-favour",
        /// It should be done differently.
        WithChanges = "with-changes",
        /// It should not be done.
        Against = "against",
    }
}

codes! {
    /// Who decided.
    #[doc(alias = "Entscheidende Stelle")]
    Decider {
        /// The lead of the region, up to [`TEAM_LEAD_LIMIT`].
        TeamLead = "team-lead",
        /// A body: steering group, committee.
        Body = "body",
    }
}

codes! {
    /// How a project ends well.
    #[doc(alias = "Verbleib des Projekts")]
    ProjectEnd {
        /// Somebody else goes on with it: Verstetigung, Übergabe an die Regelstruktur.
        HandedOver = "handed-over",
        /// It is done.
        Ended = "ended",
    }
}

codes! {
    /// Where a project is.
    #[doc(alias = "Projektstand")]
    Project {
        /// Somebody had the idea; the six questions stand.
        Idea = "idea",
        /// The team gave its opinion.
        Advised = "advised",
        /// It is wanted.
        Approved = "approved",
        /// It is not.
        Refused = "refused",
        /// It was given up before it began.
        Withdrawn = "withdrawn",
        /// It runs.
        Running = "running",
        /// What came of it is written down; it may go on meanwhile.
        Evaluated = "evaluated",
        /// Somebody else goes on with it.
        HandedOver = "handed-over",
        /// It is over.
        Ended = "ended",
    }
}

impl Project {
    /// The team gave its opinion; a second one after changes is welcome.
    ///
    /// # Errors
    /// [`PROJECT_CLOSED`].
    pub fn advised(self) -> Result<Self, Refusal> {
        match self {
            Self::Idea | Self::Advised => Ok(Self::Advised),
            _ => Err(PROJECT_CLOSED.broken()),
        }
    }

    /// It was decided on.
    ///
    /// # Errors
    /// [`PROJECT_NOT_ADVISED`], [`PROJECT_CLOSED`], [`PROJECT_ABOVE_LIMIT`], [`PROJECT_RESOLUTION_MISSING`].
    pub fn decided(
        self,
        granted: bool,
        by: Decider,
        total: Balance,
        resolution: Option<&Line>,
    ) -> Result<Self, Refusal> {
        match self {
            Self::Idea => return Err(PROJECT_NOT_ADVISED.broken()),
            Self::Advised => {}
            _ => return Err(PROJECT_CLOSED.broken()),
        }
        if by == Decider::Body && resolution.is_none() {
            return Err(PROJECT_RESOLUTION_MISSING.broken_at("resolution"));
        }
        if by == Decider::TeamLead && granted && total > TEAM_LEAD_LIMIT {
            return Err(PROJECT_ABOVE_LIMIT.broken_at("by").saying(TEAM_LEAD_LIMIT.cents()));
        }
        Ok(if granted { Self::Approved } else { Self::Refused })
    }

    /// Money may be promised, as far as the cost plan goes.
    ///
    /// # Errors
    /// [`PROJECT_NOT_APPROVED`], [`PROJECT_TOO_DEAR`], naming what is left of the plan.
    pub fn funded(self, total: Balance, promised: Balance, amount: Amount) -> Result<(), Refusal> {
        if !matches!(self, Self::Approved | Self::Running) {
            return Err(PROJECT_NOT_APPROVED.broken());
        }
        let left = total - promised;
        if amount.balance() > left {
            return Err(PROJECT_TOO_DEAR.broken_at("amount").saying(left.cents().max(0)));
        }
        Ok(())
    }

    /// It begins.
    ///
    /// # Errors
    /// [`PROJECT_NOT_APPROVED`].
    pub fn begun(self) -> Result<Self, Refusal> {
        if self == Self::Approved { Ok(Self::Running) } else { Err(PROJECT_NOT_APPROVED.broken()) }
    }

    /// What came of it so far is written down; it may be written again.
    ///
    /// # Errors
    /// [`PROJECT_NOT_RUNNING`].
    pub fn evaluated(self) -> Result<Self, Refusal> {
        match self {
            Self::Running | Self::Evaluated => Ok(Self::Evaluated),
            _ => Err(PROJECT_NOT_RUNNING.broken()),
        }
    }

    /// It ends, evaluated.
    ///
    /// # Errors
    /// [`PROJECT_NOT_EVALUATED`].
    pub fn ended(self, end: ProjectEnd) -> Result<Self, Refusal> {
        if self != Self::Evaluated {
            return Err(PROJECT_NOT_EVALUATED.broken());
        }
        Ok(match end {
            ProjectEnd::HandedOver => Self::HandedOver,
            ProjectEnd::Ended => Self::Ended,
        })
    }

    /// Is there still something to do?
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Refused | Self::Withdrawn | Self::HandedOver | Self::Ended)
    }
}

/// One line of the cost plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Kostenplanzeile")]
pub struct CostLine {
    /// What for.
    pub kind: UseKind,
    /// In words.
    pub what: Line,
    /// How much.
    pub amount: Amount,
}

impl CostLine {
    /// Reads `1.200; Miete der Halle; Sachkosten` line by line; without a third part it is goods.
    ///
    /// # Errors
    /// [`COST_LINE_UNREADABLE`].
    pub fn parse_all(text: &str) -> Result<Vec<Self>, Refusal> {
        text.lines().filter(|line| !line.trim().is_empty()).map(Self::parse).collect()
    }

    fn parse(line: &str) -> Result<Self, Refusal> {
        let wrong = |_| COST_LINE_UNREADABLE.broken();
        let mut parts = line.splitn(3, ';').map(str::trim);
        let amount = Amount::parse_euro(parts.next().unwrap_or_default()).map_err(wrong)?;
        let what = Line::parse(parts.next().unwrap_or_default()).map_err(wrong)?;
        let kind = match parts.next().unwrap_or_default().to_lowercase().as_str() {
            "" | "sachkosten" => UseKind::Goods,
            "betriebskosten" => UseKind::Running,
            "netzwerk" | "netzwerktätigkeit" => UseKind::Network,
            "angebot" | "angebote" => UseKind::Offer,
            _ => return Err(COST_LINE_UNREADABLE.broken()),
        };
        Ok(Self { kind, what, amount })
    }

    /// What all lines come to.
    #[must_use]
    pub fn total(lines: &[Self]) -> Balance {
        lines.iter().map(|line| line.amount.balance()).sum()
    }
}

/// A project to be proposed: questions one to four of Berlin's sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Projektantrag")]
pub struct NewProject {
    /// What it is called.
    pub title: Line,
    /// For no case yet, or for several.
    pub column: WorkColumn,
    /// In which space.
    pub space: SpaceId,
    /// 1. Found in which body.
    pub found_in: Line,
    /// 1. What need.
    pub need: Note,
    /// 2. Which goals.
    pub goals: Note,
    /// 3. Which connection with help planning.
    pub help_link: Note,
    /// 4. Who does it, on what terms.
    pub terms: Note,
    /// 4. With how much time.
    pub hours: Option<Minutes>,
    /// 4. With how much money; may be none.
    pub costs: Vec<CostLine>,
}

/// How many cases something was good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[doc(alias = "Wirkungszähler")]
pub struct Count(u32);

impl Count {
    /// Reads a number up to 9,999.
    ///
    /// # Errors
    /// [`COUNT_UNREADABLE`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let number = text.trim().parse().ok().filter(|number| *number <= 9_999);
        number.map(Self).ok_or(COUNT_UNREADABLE.broken())
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// Questions five and six, and the two counters (Graz): shown, never claimed as savings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Projektauswertung")]
pub struct Evaluation {
    /// 5. Were the goals reached, does it last.
    pub reached: Note,
    /// 6. What we think of it.
    pub assessment: Note,
    /// For how many cases of today.
    pub current: Count,
    /// For how many that might have become one.
    pub potential: Count,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }

    #[test]
    fn a_project_goes_its_way_and_no_other() {
        let (lead, body) = (Decider::TeamLead, Decider::Body);
        let resolution = Line::parse("Steuerungsgruppe 12/2026").unwrap();
        assert_eq!(Project::Idea.decided(true, lead, euros(1), None), Err(PROJECT_NOT_ADVISED.broken()));
        let advised = Project::Idea.advised().unwrap();
        assert_eq!(advised.advised(), Ok(advised));
        assert_eq!(advised.decided(true, lead, euros(2_500), None), Ok(Project::Approved));
        let above = advised.decided(true, lead, euros(2_501), None);
        assert_eq!(above, Err(PROJECT_ABOVE_LIMIT.broken_at("by").saying(250_000)));
        assert_eq!(advised.decided(false, lead, euros(2_501), None), Ok(Project::Refused));
        let unproven = advised.decided(true, body, euros(9_000), None);
        assert_eq!(unproven, Err(PROJECT_RESOLUTION_MISSING.broken_at("resolution")));
        let approved = advised.decided(true, body, euros(9_000), Some(&resolution)).unwrap();
        assert_eq!(approved.advised(), Err(PROJECT_CLOSED.broken()));
        let amount = |euros: i64| Amount::from_cents(euros * 100).unwrap();
        assert_eq!(advised.funded(euros(9), euros(0), amount(1)), Err(PROJECT_NOT_APPROVED.broken()));
        assert_eq!(approved.funded(euros(900), euros(400), amount(500)), Ok(()));
        let dear = approved.funded(euros(900), euros(400), amount(501));
        assert_eq!(dear, Err(PROJECT_TOO_DEAR.broken_at("amount").saying(50_000)));
        let running = approved.begun().unwrap();
        assert_eq!(
            (running.begun(), running.ended(ProjectEnd::Ended)),
            (Err(PROJECT_NOT_APPROVED.broken()), Err(PROJECT_NOT_EVALUATED.broken()))
        );
        let seen = running.evaluated().unwrap();
        assert_eq!((seen.evaluated(), approved.evaluated()), (Ok(seen), Err(PROJECT_NOT_RUNNING.broken())));
        assert_eq!(seen.ended(ProjectEnd::HandedOver), Ok(Project::HandedOver));
        assert!(seen.is_open() && !Project::Ended.is_open());
    }

    #[test]
    fn cost_plans_are_read_line_by_line() {
        let read = CostLine::parse_all("1.200; Miete der Halle\n\n300,50; Trainer; Angebote").unwrap();
        assert_eq!(
            (read.len(), read[1].kind, CostLine::total(&read)),
            (2, UseKind::Offer, Balance::from_cents(150_050))
        );
        for text in ["Miete; 1.200", "1.200", "1;x;Sonstiges"] {
            assert_eq!(CostLine::parse_all(text), Err(COST_LINE_UNREADABLE.broken()), "{text}");
        }
        assert_eq!(Count::parse(" 8 ").map(Count::number), Ok(8));
        assert_eq!(Count::parse("viele"), Err(COUNT_UNREADABLE.broken()));
    }
}
