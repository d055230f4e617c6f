// SPDX-License-Identifier: EUPL-1.2
use super::*;
use crate::casework::samples::{check, day, frame, overview};
use app::casework::cases::Stage;
use uuid::Uuid;

fn forms() -> Forms {
    let mut forms = Forms::default();
    for name in ["name-family", "add-person", "strength"] {
        forms.put(name, FormView::new(name, Uuid::from_u128(1)));
    }
    let dated = |name, day_field| FormView::new(name, Uuid::from_u128(1)).with(day_field, day(0));
    forms.put("say", dated("say", "said_on").with_drafts("wille/7".to_owned(), Vec::new()));
    forms.put("goal", dated("goal", "agreed_on"));
    forms
}

fn refusals(wrong: Result<impl std::fmt::Debug, Refusals>) -> Vec<&'static str> {
    wrong.unwrap_err().list().iter().map(|refusal| refusal.field).collect()
}

#[test]
fn what_was_said_is_shown_by_speaker() {
    let mut shown = WillPage::new(frame("nav-cases"), day(0), overview(Stage::Opened), forms());
    shown.kept_as_wish = true;
    assert_eq!(
        shown.speakers().iter().map(|(name, said)| (name.is_some(), said.len())).collect::<Vec<_>>(),
        [(true, 1), (true, 1), (false, 2)]
    );
    let needles =
        ["Dafür tue ich selbst: Ich bringe", "Als Wunsch festgehalten.", "data-draft=\"wille/7\"", "Kind, 9 Jahre"];
    check("will", &shown.render().unwrap(), &needles);
}

#[test]
fn an_empty_form_says_all_that_is_missing_and_nothing_is_chosen_beforehand() {
    let sent = FormData::default();
    assert_eq!(refusals(parse_statement(&sent)), ["kind", "words", "said_on"]);
    assert_eq!(refusals(parse_goal(&sent)), ["owner", "words", "agreed_on"]);
    assert_eq!(refusals(parse_strength(&sent)), ["field", "words"]);
    assert_eq!(refusals(parse_person(&sent)), ["name", "role"]);
    let mut forms = forms();
    let say = forms.of("say").clone();
    forms.put("say", say.refused(&sent, &parse_statement(&sent).unwrap_err()));
    let html = WillPage::new(frame("nav-cases"), day(0), overview(Stage::Opened), forms).render().unwrap();
    check("will-refused", &html, &["3 Angaben fehlen", "href=\"#say-kind\""]);
    assert!(!html.contains(" checked"));
}
