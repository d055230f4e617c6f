// SPDX-License-Identifier: EUPL-1.2
//! What comes of the teams' meetings: they are called before cases stand on their agenda, families answer the ideas,
//! what they take up becomes their support package, and later somebody says whether it is used.

use super::act::{Progress, Scene, there};
use super::staff::Person;
use app::casework::package::{self, UsedHelp};
use app::casework::{consultation, meetings};
use app::{App, Failure};
use domain::casework::{
    HelpSource, IdeaAnswer, IdeaKind, MeetingKind, NewHelp, NewIdeaAnswer, NewMeeting, NewUse, Present, Rater, Really,
    SeatRole, TimeOfDay, Weighing,
};
use domain::kernel::{Day, Line, Note, Period};

/// Calls the team's meeting of a day, unless somebody did.
pub async fn call(house: &App, scene: &Scene<'_>, meets_on: Day) -> Result<(), Failure> {
    let actor = &scene.worker.actor;
    let case_team = meetings::list(house, actor).await?.callable.into_iter().next();
    let Some((team, _)) = case_team else { return Ok(()) };
    let new = NewMeeting {
        meets_on,
        starts_at: TimeOfDay::parse("9:00")?,
        minutes: 180,
        place: Line::parse("Nachbarschaftshaus, Raum 1")?,
        kind: MeetingKind::Consultation,
    };
    match meetings::call(house, actor, None, team, new).await {
        // The team meets on that day already.
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// Who was there, and what the family said to the ideas of the item that was just held.
pub async fn answered(house: &App, scene: &Scene<'_>, moderator: &Person, so_far: &Progress) -> Result<(), Failure> {
    let (item, case) = (there(so_far.item)?, there(so_far.case)?);
    let today = house.today();
    present(house, moderator, today).await?;
    let ideas = consultation::item(house, &scene.worker.actor, item).await?.ideas;
    for (place, idea) in ideas.iter().filter(|idea| idea.kind != IdeaKind::Dissent).enumerate() {
        let taken = place % 3 != 2;
        let answer = if taken { IdeaAnswer::Chosen } else { IdeaAnswer::Refused };
        let words = Note::optional(if taken { "" } else { "Das passt gerade nicht in unsere Woche." })?;
        let new = NewIdeaAnswer { answer, words, said_on: today };
        meetings::answer_idea(house, &scene.worker.actor, None, idea.id, new).await?;
        let Some((source, who)) = helper(idea.kind) else { continue };
        let help = NewHelp {
            source,
            weighing: if taken { Weighing::Taken } else { Weighing::Weighed },
            who: Line::parse(who)?,
            what: Line::parse(&idea.words)?,
            extent: None,
            period: Period::new(today, None)?,
            why: Note::optional(if taken { "" } else { "Passt gerade nicht in die Woche der Familie." })?,
        };
        package::keep(house, &scene.worker.actor, None, case, help).await?;
    }
    Ok(())
}

async fn present(house: &App, moderator: &Person, today: Day) -> Result<(), Failure> {
    let met = meetings::list(house, &moderator.actor).await?.meetings;
    for meeting in met.into_iter().filter(|meeting| meeting.meets_on == today) {
        let shown = meetings::meeting(house, &moderator.actor, meeting.id).await?;
        if !shown.present.is_empty() {
            continue;
        }
        let roles = [SeatRole::Moderation, SeatRole::Asd, SeatRole::Finance];
        let mut all = Vec::new();
        for (place, organisation) in shown.organisations.iter().enumerate() {
            let of_office = if place == 0 { &roles[..] } else { &[SeatRole::Agency][..] };
            for role in of_office {
                all.push(Present::read(*role, organisation)?);
            }
        }
        meetings::keep_present(house, &moderator.actor, None, meeting.id, all).await?;
    }
    Ok(())
}

fn helper(kind: IdeaKind) -> Option<(HelpSource, &'static str)> {
    match kind {
        IdeaKind::Own => Some((HelpSource::OwnStep, "Wir selbst")),
        IdeaKind::Social => Some((HelpSource::Relative, "Familie und Freunde")),
        IdeaKind::SocialSpace => Some((HelpSource::Offer, "In der Nähe")),
        IdeaKind::Professional | IdeaKind::Other | IdeaKind::Dissent => None,
    }
}

/// Somebody says whether the helps of the package are used.
pub async fn used(house: &App, scene: &Scene<'_>, rater: Rater, so_far: &Progress) -> Result<(), Failure> {
    let (actor, case, today) = (&scene.worker.actor, there(so_far.case)?, house.today());
    let helps = package::page(house, actor, case).await?.helps;
    let asked = helps.iter().filter(|help| help.weighing == Weighing::Taken && help.from <= today);
    for (place, help) in asked.enumerate() {
        let used = [Really::Yes, Really::Partly, Really::Yes, Really::No][place % 4];
        if matches!(help.id, UsedHelp::Help(_)) || place % 2 == 0 {
            let new = NewUse { used, said_on: today, rater, words: None };
            package::keep_use(house, actor, None, (case, help.id), new).await?;
        }
    }
    Ok(())
}
