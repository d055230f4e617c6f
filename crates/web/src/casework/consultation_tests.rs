// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::casework::samples::{case, check, day, frame, people};
use app::casework::cases::Stage;
use domain::kernel::{IdeaId, TeamId};
use uuid::Uuid;

fn sample(n: u128, meets: i32, held: Option<i32>) -> ItemView {
    ItemView {
        id: AgendaItemId(Uuid::from_u128(n)),
        case: CaseId(Uuid::from_u128(7)),
        team: TeamId(Uuid::from_u128(8)),
        team_name: "Team Süd".to_owned(),
        label: format!("Beratungsfall {n}"),
        question: "Wer kann nachmittags da sein?".to_owned(),
        sheet: "Menschen\n- Kind A (9)\n\nWille\n- Ich will, dass Kind A gern zur Schule geht.".to_owned(),
        meets_on: day(meets),
        held_on: held.map(day),
        minutes: held.map(|_| "Die Fachkraft spricht bis Freitag mit der Familie.".to_owned()),
    }
}

fn ideas() -> Vec<IdeaView> {
    let idea = |kind, words: &str| IdeaView {
        id: IdeaId(Uuid::from_u128(3)),
        kind,
        words: words.to_owned(),
        by: "Verbund Süd gGmbH".to_owned(),
    };
    vec![
        idea(IdeaKind::Dissent, "Erst die Schule fragen."),
        idea(IdeaKind::Professional, "Erziehungsbeistand."),
        idea(IdeaKind::Own, "Kind A geht mit der Nachbarin."),
    ]
}

fn item_page(open: bool) -> String {
    let held = if open { None } else { Some(1) };
    let shown = ItemPage {
        item: sample(1, 2, held),
        ideas: ideas(),
        may_advise: open,
        may_hold: open,
        case: open.then(|| CaseId(Uuid::from_u128(7))),
    };
    let form = |prefix| FormView::new(prefix, Uuid::from_u128(1));
    let mut forms = Forms::default();
    forms.put("idea-form", form("idea-form"));
    forms.put("minutes", form("minutes"));
    ItemTemplate::new(frame("nav-teams"), shown, forms).render().unwrap()
}

#[test]
fn ideas_begin_with_the_familys_own_strength() {
    let kinds: Vec<_> = Ideas::of(&ideas(), 3).groups.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, ["own", "professional", "dissent"]);
}

#[test]
fn who_may_not_see_the_case_gets_no_way_to_it_and_nobody_approves() {
    let open = item_page(true);
    check("item", &open, &["/faelle/", "/ideen", "/abschluss", "Eigene Kraft"]);
    let held = item_page(false);
    check("item-held", &held, &["beraten am 19.11.2026", "bis Freitag"]);
    assert!(!held.contains("/faelle/") && !held.contains("/ideen") && !held.contains("/abschluss"));
}

#[test]
fn the_sheet_is_proposed_under_german_headings() {
    let lines =
        [("person", "Kind A (9)".to_owned()), ("person", "Mutter B".to_owned()), ("will", "Ich will.".to_owned())];
    assert_eq!(sheet_text(&lines), "Menschen\n- Kind A (9)\n- Mutter B\n\nWille\n- Ich will.\n");
    let items = vec![(sample(1, 10, Some(10)), ideas()), (sample(2, -4, None), Vec::new())];
    let head = CaseHead::new(&case(Stage::Consultation), &people(), day(0), "consultation");
    let form = FormView::new("agenda", Uuid::from_u128(1)).with("sheet", sheet_text(&lines));
    let answer = FormView::new("team-answer", Uuid::from_u128(2));
    let forms = (form, vec!["Frau Behrens".to_owned()], answer);
    let html = CasePage::new(frame("nav-cases"), head, (items, Vec::new()), forms).render().unwrap();
    assert!(html.contains("Frau Behrens</span>") && html.contains("Was sagt die Familie zu den Ideen?"));
    check("case-consultation", &html, &["- Mutter B", "Spitznamen", "beraten am 10.11.2026"]);
}

#[test]
fn the_agenda_goes_by_days() {
    let items = vec![sample(1, 9, Some(9)), sample(2, 3, Some(2)), sample(3, -4, None), sample(4, -4, None)];
    let shown = AgendaPage::new(frame("nav-teams"), items, Vec::new());
    let days = |days: &Days| days.iter().map(|(day, items)| (day.german(), items.len())).collect::<Vec<_>>();
    assert_eq!(days(&shown.open), [("24.11.2026".to_owned(), 2)]);
    assert_eq!(days(&shown.held), [("18.11.2026".to_owned(), 1), ("11.11.2026".to_owned(), 1)]);
    check("teams", &shown.render().unwrap(), &["In den letzten vier Wochen beraten"]);
}
