// SPDX-License-Identifier: EUPL-1.2
//! The support package of a case: who helps, in the order of looking; what was weighed; what was really used.

use super::head::CaseHead;
use crate::kit::answer::attempt;
use crate::kit::forms::{Forms, ManyForms, back};
use crate::kit::parse::Parser;
use crate::kit::{Asks, Choice, FormData, FormView, Frame, Id, Oops, Routes, SignedIn, Web, filters, page, t, t_with};
use app::casework::own_line;
use app::casework::package::{self, Help, PackagePage, UsedHelp};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::access::Action;
use domain::casework::{HelpSource, Layer, NewHelp, NewUse, Rater, Really, Weighing};
use domain::kernel::{CaseId, CommissionId, HelpId, Period, Refusals};
use uuid::Uuid;

/// The room's doors.
#[must_use]
pub fn routes() -> Routes {
    let work = Asks::For(Action::WorkOnCase);
    Routes::default()
        .get("/faelle/{id}/hilfepaket", Asks::For(Action::SeeCase), show)
        .post("/faelle/{id}/hilfepaket/hilfen", work, keep)
        .post("/faelle/{id}/hilfepaket/ende", work, end)
        .post("/faelle/{id}/hilfepaket/nutzung", work, keep_use)
        .post("/faelle/{id}/hilfepaket/zeile", Asks::For(Action::DecideOnCase), send_line)
}

// Forms -----------------------------------------------------------------------------------------------

fn parse_help(form: &FormData) -> Result<NewHelp, Refusals> {
    let mut read = Parser::new(form);
    let (source, weighing) = (read.code("source", HelpSource::from_code), read.code("weighing", Weighing::from_code));
    let (who, what, extent) = (read.line("who"), read.line("what"), read.maybe_line("extent"));
    let (from, until, why) = (read.day("from"), read.maybe_day("until"), read.maybe_note("why"));
    let period = from.zip(until).and_then(|(from, until)| read.with("until", |_| Period::new(from, until)));
    let value = (|| {
        let (source, weighing, who, what) = (source?, weighing?, who?, what?);
        Some(NewHelp { source, weighing, who, what, extent: extent?, period: period?, why: why? })
    })();
    read.finish(value)
}

/// `h…` is a help of the package, `c…` a commission.
fn which(text: &str) -> Option<UsedHelp> {
    let (kind, id) = (text.get(..1)?, Uuid::parse_str(text.get(1..)?).ok()?);
    match kind {
        "h" => Some(UsedHelp::Help(HelpId(id))),
        "c" => Some(UsedHelp::Paid(CommissionId(id))),
        _ => None,
    }
}

fn sign(id: UsedHelp) -> String {
    match id {
        UsedHelp::Help(id) => format!("h{id}"),
        UsedHelp::Paid(id) => format!("c{id}"),
    }
}

fn parse_use(form: &FormData) -> Result<(UsedHelp, NewUse), Refusals> {
    let mut read = Parser::new(form);
    let (help, used) = (read.code("help", which), read.code("used", Really::from_code));
    let (rater, said_on) = (read.code("rater", Rater::from_code), read.day("said_on"));
    let words = read.maybe_note("words");
    let value = (|| Some((help?, NewUse { used: used?, said_on: said_on?, rater: rater?, words: words? })))();
    read.finish(value)
}

// Handlers --------------------------------------------------------------------------------------------

async fn package_page(web: &Web, who: &SignedIn, case: CaseId) -> Result<PackageTemplate, Oops> {
    let shown = package::page(&web.app, &who.actor, case).await?;
    Ok(PackageTemplate::new(web, who, shown))
}

async fn show(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>) -> Result<Response, Oops> {
    Ok(page(&package_page(&web, &who, case).await?))
}

async fn keep(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let keep = |new| package::keep(&web.app, &who.actor, Some(key), case, new);
    let done = attempt(parse_help(&form), keep).await?;
    let path = format!("/faelle/{case}/hilfepaket#hilfen");
    back(done, &path, ("package-help", &form), || package_page(&web, &who, case)).await
}

async fn end(State(web): State<Web>, who: SignedIn, Id(case): Id<CaseId>, form: FormData) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let (help, until) = (read.id::<HelpId>("help"), read.day("until"));
    let end = |(help, until)| package::end(&web.app, &who.actor, Some(key), help, until);
    let done = attempt(read.finish(help.zip(until)), end).await?;
    let path = format!("/faelle/{case}/hilfepaket#hilfen");
    back(done, &path, ("package-end", &form), || package_page(&web, &who, case)).await
}

async fn keep_use(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let keep = |(help, new)| package::keep_use(&web.app, &who.actor, Some(key), (case, help), new);
    let done = attempt(parse_use(&form), keep).await?;
    let path = format!("/faelle/{case}/hilfepaket#hilfen");
    back(done, &path, ("package-use", &form), || package_page(&web, &who, case)).await
}

async fn send_line(
    State(web): State<Web>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    form: FormData,
) -> Result<Response, Oops> {
    let key = form.key()?;
    let mut read = Parser::new(&form);
    let help = read.id::<CommissionId>("commission");
    let send = |id| own_line::send(&web.app, &who.actor, Some(key), id);
    let done = attempt(read.finish(help), send).await?;
    let path = format!("/faelle/{case}/leistungen");
    back(done, &path, ("package-line", &form), || package_page(&web, &who, case)).await
}

// Pages -----------------------------------------------------------------------------------------------

#[derive(Template)]
#[template(path = "casework/package.html")]
struct PackageTemplate {
    frame: Frame,
    head: CaseHead,
    shown: PackagePage,
    forms: Forms,
    sources: Vec<Choice>,
    weighings: Vec<Choice>,
    taken: Vec<Choice>,
    running: Vec<Choice>,
    really: Vec<Choice>,
    raters: Vec<Choice>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|item| code(*item)).collect()
}

impl PackageTemplate {
    fn new(web: &Web, who: &SignedIn, shown: PackagePage) -> Self {
        let today = web.app.today();
        let mut forms = Forms::blank(web, &["package-help", "package-end", "package-use", "package-line"]);
        forms.put("package-help", FormView::new("package-help", web.app.fresh()).with("from", today));
        forms.put("package-end", FormView::new("package-end", web.app.fresh()).with("until", today));
        forms.put("package-use", FormView::new("package-use", web.app.fresh()).with("said_on", today));
        let typed: Vec<HelpSource> = HelpSource::ALL.iter().copied().filter(|one| *one != HelpSource::Paid).collect();
        let taken = || shown.helps.iter().filter(|help| help.weighing == Weighing::Taken);
        let open = taken().filter(|help| help.until.is_none()).filter_map(|help| match help.id {
            UsedHelp::Help(id) => Some(Choice::new(id, name(help))),
            UsedHelp::Paid(_) => None,
        });
        Self {
            frame: Frame::new(web, who, "nav-cases"),
            head: CaseHead::new(&shown.case, &shown.people, today, "package"),
            sources: Choice::words("help-source", &codes(&typed, HelpSource::code)),
            weighings: Choice::words("weighing", &codes(Weighing::ALL, Weighing::code)),
            taken: taken().map(|help| Choice::new(sign(help.id), name(help))).collect(),
            running: open.collect(),
            really: Choice::words("really", &codes(Really::ALL, Really::code)),
            raters: Choice::words("rater", &codes(Rater::ALL, Rater::code)),
            forms,
            shown,
        }
    }

    /// The layers in the order of looking, each with its helps; empty ones stay, so that the gap is seen.
    fn layers(&self) -> Vec<(&'static str, Vec<&Help>)> {
        let taken = |layer: &Layer| {
            let of = self.shown.helps.iter().filter(|help| help.weighing == Weighing::Taken);
            of.filter(|help| help.source.layer() == *layer).collect()
        };
        Layer::ALL.iter().map(|layer| (layer.code(), taken(layer))).collect()
    }

    fn weighed(&self) -> Vec<&Help> {
        self.shown.helps.iter().filter(|help| help.weighing == Weighing::Weighed).collect()
    }

    fn what(&self, help: &Help) -> String {
        what(help)
    }

    /// The commission of a help that was commissioned: its line can be sent to its agency.
    #[expect(clippy::unused_self, reason = "the template asks")]
    fn commissioned(&self, help: &Help) -> Option<CommissionId> {
        match help.id {
            UsedHelp::Paid(id) => Some(id),
            UsedHelp::Help(_) => None,
        }
    }

    fn span(&self, help: &Help) -> String {
        super::sheet::span(help.from, help.until)
    }

    /// `2 von 3`; nothing where nobody said anything about use.
    fn used(&self) -> Option<String> {
        let share = self.shown.used;
        let percent = share.percent()?;
        Some(
            t_with("package-share", &[("x", &format!("{} {} {}", share.informal, t("share-of"), share.all))])
                + &format!(" ({percent} %)"),
        )
    }
}

fn what(help: &Help) -> String {
    help.paid.map_or_else(|| help.what.clone(), |kind| t(&format!("help-{}", kind.code())))
}

fn name(help: &Help) -> String {
    format!("{}: {}", help.who, what(help))
}

impl ManyForms for PackageTemplate {
    fn forms(&mut self) -> &mut Forms {
        &mut self.forms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_help_has_its_days_in_order_and_a_known_source() {
        let sent = [("source", "relative"), ("weighing", "taken"), ("who", "Tante"), ("what", "holt ab")];
        let with = |more: &[(&str, &str)]| parse_help(&FormData::of(&[&sent[..], more].concat()));
        assert!(with(&[("from", "2026-11-20"), ("until", "")]).is_ok());
        let wrong = with(&[("from", "2026-11-20"), ("until", "2026-11-19")]).unwrap_err();
        assert_eq!(wrong.list().iter().map(|one| one.field).collect::<Vec<_>>(), ["until"]);
        assert!(which("x0").is_none() && which("").is_none() && which("hé").is_none());
    }
}
