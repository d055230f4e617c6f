// SPDX-License-Identifier: EUPL-1.2
//! An application for integration help (§ 35a SGB VIII) begins the clocks of SGB IX by itself: two weeks for the
//! competence, three for the decision, two for an opinion and two after it, six weeks and two months with several
//! carriers. [`follows`] is the whole table.
//!
//! There is no fiction of approval in youth welfare (§ 18(7) SGB IX); what a family got for itself is refunded by § 36a(3)
//! SGB VIII.

use crate::access::codes;
use crate::deadlines::{DeadlineRule, PromptDuty};
use crate::kernel::{Day, Line, Note, Refusal, Rule};

/// Received tomorrow.
pub const RECEIVED_IN_FUTURE: Rule = Rule::new("application.in_future", "Aktenwahrheit");
/// A step before the application.
pub const STEP_BEFORE_RECEIPT: Rule = Rule::new("application.before_receipt", "Aktenwahrheit");
/// What was passed on to this office is passed on a second time only in agreement with the third.
pub const FORWARDED_TO_US: Rule = Rule::new("application.forwarded_to_us", "§ 14(3) SGB IX");
/// Passed on a second time: only what was passed on to this office.
pub const NOT_FORWARDED_TO_US: Rule = Rule::new("application.not_forwarded_to_us", "§ 14(3) SGB IX");
/// Passed on or decided before.
pub const APPLICATION_CLOSED: Rule = Rule::new("application.closed", "§ 14 SGB IX");
/// An opinion that nobody ordered.
pub const OPINION_NOT_ORDERED: Rule = Rule::new("application.opinion_not_ordered", "§ 17 SGB IX");
/// To whom, by whom, what.
pub const STEP_WITHOUT_WORDS: Rule = Rule::new("application.without_words", "§ 14(1) S. 2 SGB IX");

codes! {
    /// What is done with an application.
    #[doc(alias = "Schritt im Teilhabeverfahren")]
    ApplicationStep {
        /// The office is competent.
        Competent = "competent",
        /// Passed on as a whole (§ 14(1) S. 2).
        Forwarded = "forwarded",
        /// Passed on after the two weeks: it happened and is on record, and changes nothing. The office performs for all
        /// carriers, and its clocks go on (§ 14(2) S. 1).
        ForwardedLate = "forwarded-late",
        /// Passed on a second time, in agreement (§ 14(3)), the "Turboklärung".
        ForwardedAgain = "forwarded-again",
        /// Passed on in part, for services that are not this office's (§ 15(1)).
        PartlyForwarded = "partly-forwarded",
        /// Other carriers are asked for their findings (§ 15(2)).
        FindingsAsked = "findings-asked",
        /// Their findings are there.
        FindingsReceived = "findings-received",
        /// The opinion of § 35a(1a) is ordered (§ 17).
        OpinionOrdered = "opinion-ordered",
        /// It is there.
        OpinionReceived = "opinion-received",
        /// A conference about the participation plan was agreed (§ 20).
        Conference = "conference",
        /// The participation plan is written (§ 19).
        ParticipationPlan = "participation-plan",
        /// The family told that it needs help before a decision (§ 36a(3) S. 1 Nr. 1 SGB VIII).
        SelfProcurement = "self-procurement",
        /// Decided.
        Decided = "decided",
    }
}

impl ApplicationStep {
    /// May somebody write it down as it is? Decided is what a decision makes of it, and late is what the calendar makes of
    /// passing on.
    #[must_use]
    pub const fn is_written_by_hand(self) -> bool {
        !matches!(self, Self::Decided | Self::ForwardedLate)
    }

    /// Is the application out of the office's hands then?
    #[must_use]
    pub const fn closes(self) -> bool {
        matches!(self, Self::Forwarded | Self::ForwardedAgain | Self::Decided)
    }

    /// Does it have to say to whom, or by whom?
    #[must_use]
    pub const fn names_somebody(self) -> bool {
        matches!(
            self,
            Self::Forwarded
                | Self::ForwardedLate
                | Self::ForwardedAgain
                | Self::PartlyForwarded
                | Self::FindingsAsked
                | Self::OpinionOrdered
        )
    }

    /// The paragraph.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Competent => "§ 14 Abs. 1 S. 1 SGB IX",
            Self::Forwarded => "§ 14 Abs. 1 S. 2 SGB IX",
            Self::ForwardedLate => "§ 14 Abs. 2 S. 1 SGB IX",
            Self::ForwardedAgain => "§ 14 Abs. 3 SGB IX",
            Self::PartlyForwarded => "§ 15 Abs. 1 SGB IX",
            Self::FindingsAsked | Self::FindingsReceived => "§ 15 Abs. 2 SGB IX",
            Self::OpinionOrdered | Self::OpinionReceived => "§ 35a Abs. 1a SGB VIII, § 17 SGB IX",
            Self::Conference => "§ 20 SGB IX",
            Self::ParticipationPlan => "§ 19 SGB IX",
            Self::SelfProcurement => "§ 36a Abs. 3 SGB VIII, § 18 Abs. 6 SGB IX",
            Self::Decided => "§ 14 Abs. 2, § 15 Abs. 4 SGB IX",
        }
    }
}

/// An application as it came in.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Antrag auf Teilhabe")]
pub struct NewApplication {
    /// The day it came to this office.
    pub received_on: Day,
    /// What was applied for.
    pub words: Note,
    /// The carrier that passed it on to this office, if one did.
    pub passed_on_by: Option<Line>,
}

impl NewApplication {
    /// # Errors
    /// [`RECEIVED_IN_FUTURE`].
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.received_on > today { Err(RECEIVED_IN_FUTURE.broken_at("received_on")) } else { Ok(()) }
    }

    /// The clocks that begin with it. What was passed on to this office is decided here: it asks no more whose it is.
    #[must_use]
    pub fn clocks(&self) -> Vec<(DeadlineRule, Day)> {
        let decision = (DeadlineRule::Participation, self.received_on);
        match self.passed_on_by {
            None => vec![(DeadlineRule::Competence, self.received_on), decision],
            Some(_) => vec![decision],
        }
    }
}

/// A step as recorded.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Neuer Schritt")]
pub struct NewStepTaken {
    /// What.
    pub step: ApplicationStep,
    /// When.
    pub on: Day,
    /// To whom, by whom, what.
    pub words: Option<Note>,
}

impl NewStepTaken {
    /// What the law makes of it: passed on after the two weeks is late. To refuse the record would hide what happened; the
    /// office stays competent, and whoever passed it on must see that (§ 14(2) S. 1 SGB IX).
    #[must_use]
    pub fn by_the_calendar(mut self, application: &Application) -> Self {
        let over = application.competence_until.is_some_and(|until| self.on > until);
        if self.step == ApplicationStep::Forwarded && !application.is_passed_on && over {
            self.step = ApplicationStep::ForwardedLate;
        }
        self
    }
}

/// Where an application stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Stand des Antrags")]
pub struct Application {
    /// It came in.
    pub received_on: Day,
    /// Another carrier passed it on to this office.
    pub is_passed_on: bool,
    /// The last day of the competence check, where there is one.
    pub competence_until: Option<Day>,
    /// Steps so far.
    pub steps: Vec<ApplicationStep>,
}

/// What a step does to the clocks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Folgen eines Schritts")]
pub struct Follows {
    /// Met by it.
    pub met: Vec<DeadlineRule>,
    /// Not asked any more: another period took its place.
    pub replaced: Vec<DeadlineRule>,
    /// Begun by it.
    pub begun: Vec<(DeadlineRule, Day)>,
    /// To be done at once.
    pub prompt: Option<PromptDuty>,
}

/// The clocks of a decision.
const DECISION: [DeadlineRule; 4] = [
    DeadlineRule::Participation,
    DeadlineRule::AfterOpinion,
    DeadlineRule::SeveralCarriers,
    DeadlineRule::PlanConference,
];

/// What a step does to the clocks of an application.
///
/// # Errors
/// [`APPLICATION_CLOSED`], [`STEP_BEFORE_RECEIPT`], [`RECEIVED_IN_FUTURE`], [`STEP_WITHOUT_WORDS`],
/// [`FORWARDED_TO_US`], [`NOT_FORWARDED_TO_US`], [`OPINION_NOT_ORDERED`].
pub fn follows(application: &Application, taken: &NewStepTaken, today: Day) -> Result<Follows, Refusal> {
    use ApplicationStep as S;
    use DeadlineRule as D;
    allowed(application, taken, today)?;
    let several = application.steps.iter().any(|step| matches!(step, S::FindingsAsked | S::PartlyForwarded));
    let but = |kept: &[D]| DECISION.into_iter().filter(|rule| !kept.contains(rule)).collect::<Vec<_>>();
    let (none, received) = (Follows::default(), application.received_on);
    Ok(match taken.step {
        // Late is the same as competent: the question is answered by the calendar, and the decision stays here.
        S::Competent | S::ForwardedLate => Follows { met: vec![D::Competence], ..none },
        // The new carrier decides within its own clock; the family is told at once.
        S::Forwarded | S::ForwardedAgain => {
            Follows { met: vec![D::Competence], replaced: but(&[]), prompt: Some(PromptDuty::PassOn), ..none }
        }
        S::FindingsAsked | S::PartlyForwarded => Follows {
            met: vec![D::Competence],
            replaced: but(&[D::SeveralCarriers, D::PlanConference]),
            begun: vec![(D::Findings, taken.on), (D::SeveralCarriers, received)],
            ..none
        },
        S::FindingsReceived => Follows { met: vec![D::Findings], ..none },
        // With several carriers the six weeks go on (§ 15(4)); else the three weeks give way to the opinion.
        S::OpinionOrdered => Follows {
            met: vec![D::Competence],
            replaced: if several { Vec::new() } else { vec![D::Participation] },
            begun: vec![(D::Opinion, taken.on)],
            ..none
        },
        S::OpinionReceived => Follows {
            met: vec![D::Opinion],
            begun: if several { Vec::new() } else { vec![(D::AfterOpinion, taken.on)] },
            ..none
        },
        // § 15(4) S. 2 SGB IX lengthens the period of several carriers; alone the three weeks of § 14(2) stay.
        S::Conference if !several => none,
        S::Conference => {
            Follows { replaced: but(&[D::PlanConference]), begun: vec![(D::PlanConference, received)], ..none }
        }
        S::ParticipationPlan | S::SelfProcurement => none,
        S::Decided => {
            let met = DECISION.into_iter().chain([D::Competence, D::Opinion, D::Findings]).collect();
            Follows { met, ..none }
        }
    })
}

fn allowed(application: &Application, taken: &NewStepTaken, today: Day) -> Result<(), Refusal> {
    use ApplicationStep as S;
    if application.steps.iter().any(|step| step.closes()) {
        return Err(APPLICATION_CLOSED.broken());
    }
    if taken.on > today {
        return Err(RECEIVED_IN_FUTURE.broken_at("on"));
    }
    if taken.on < application.received_on {
        return Err(STEP_BEFORE_RECEIPT.broken_at("on"));
    }
    if taken.step.names_somebody() && taken.words.is_none() {
        return Err(STEP_WITHOUT_WORDS.broken_at("words"));
    }
    match (taken.step, application.is_passed_on) {
        (S::Forwarded, true) => Err(FORWARDED_TO_US.broken_at("step")),
        (S::ForwardedAgain, false) => Err(NOT_FORWARDED_TO_US.broken_at("step")),
        (S::OpinionReceived, _) if !application.steps.contains(&S::OpinionOrdered) => {
            Err(OPINION_NOT_ORDERED.broken_at("step"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
#[path = "integration_help_tests.rs"]
mod tests;
