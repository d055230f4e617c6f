// SPDX-License-Identifier: EUPL-1.2
//! What the address and the plan form say.

use super::*;

#[test]
fn an_address_that_cannot_be_read_asks_for_nothing() {
    let asked = Asked { region: "x".into(), jahr: "99999".into(), nach: "1_x".into(), ..Asked::default() };
    assert!(asked.region().is_none() && asked.year().is_none() && asked.filter().before.is_none());
}

#[test]
fn a_place_in_the_list_is_read_back() {
    let asked = Asked { nach: "17".into(), mittel: "C".into(), konto: "drawn".into(), ..Asked::default() };
    let filter = asked.filter();
    assert_eq!((filter.before, filter.kind, filter.account), (Some(17), Some(MoneyKind::Grant), Some(Account::Drawn)));
}

#[test]
fn the_year_shown_can_always_be_chosen() {
    let of = |shown| years(2026, shown).into_iter().map(|choice| choice.value).collect::<Vec<_>>();
    assert_eq!(of(2026), ["2027", "2026", "2025", "2024", "2023", "2022"]);
    assert!(of(2019).contains(&"2019".to_owned()));
}

fn planned(top_slice: &str) -> Result<Plan, Refusals> {
    let region = Uuid::from_u128(1).to_string();
    let typed = [("region", region.as_str()), ("year", "2027"), ("planned", "2.400.000"), ("note", "Beschluss 12")];
    parse_plan(&FormData::of(&[typed.as_slice(), &[("top_slice", top_slice)]].concat()))
}

#[test]
fn a_plan_without_a_top_slice_is_a_plan() {
    let plan = planned("").unwrap();
    assert_eq!((plan.planned.cents(), plan.kind), (240_000_000, MoneyKind::IndividualClaim));
    assert!(plan.top_slice.is_none());
}

#[test]
fn a_top_slice_is_euros_or_a_share() {
    assert_eq!(planned("60.000").unwrap().top_slice.unwrap().cents(), 6_000_000);
    assert_eq!(planned("3 %").unwrap().top_slice.unwrap().cents(), 7_200_000);
    assert_eq!(planned("100,01 %").unwrap_err().list()[0].rule, domain::budget::PERCENT_TOO_LARGE);
    assert_eq!(planned("-1 %").unwrap_err().list()[0].rule, domain::budget::PERCENT_NEGATIVE);
}

/// What the catalogue of bad input answers, word for word.
#[test]
fn amounts_are_answered_as_the_catalogue_says() {
    for (row, typed, answer) in [
        ("GEL-002", "0", "Der Betrag muss größer als 0 sein."),
        ("GEL-004", "-0,01", "Für Rückbuchungen bitte „Storno“ verwenden."),
        ("GEL-009", "1.50", "Meinten Sie 1,50 €?"),
        ("GEL-011", "1,500", "Höchstens zwei Nachkommastellen."),
        ("GEL-014", "1'500,00", "Bitte geben Sie einen Betrag wie 1.234,56 ein."),
        ("GEL-048", "99.999.999,99", "Ungewöhnlich hoher Betrag – bitte bestätigen"),
        ("GEL-049", "999.999.999,99", "Der Betrag ist höher als zulässig (100 Mio. €)."),
    ] {
        let region = Uuid::from_u128(1).to_string();
        let fields = [("region", region.as_str()), ("year", "2027"), ("planned", typed), ("note", "Beschluss 12")];
        let form = FormData::of(&fields);
        let wrong = parse_plan(&form).unwrap_err();
        let html = FormView::new("budget-plan", Uuid::nil()).refused(&form, &wrong).text("planned").render().unwrap();
        assert!(html.contains(answer), "{row} {typed}: {html}");
        assert!(html.contains("value=\""), "what was typed stays");
    }
}

#[test]
fn gel_048_an_unusual_amount_is_sent_twice() {
    let region = Uuid::from_u128(1).to_string();
    let typed = [("region", region.as_str()), ("year", "2027"), ("planned", "99.999.999,99"), ("note", "Beschluss 12")];
    let asked = parse_plan(&FormData::of(&typed)).unwrap_err();
    assert_eq!(asked.list()[0], domain::kernel::AMOUNT_UNUSUAL.broken_at("planned"));
    let form = FormView::new("budget-plan", Uuid::nil()).refused(&FormData::of(&typed), &asked);
    let html = form.text("planned").render().unwrap();
    assert!(html.contains("name=\"planned_again\" value=\"99.999.999,99\""), "{html}");
    let again = [typed.as_slice(), &[("planned_again", "99.999.999,99")]].concat();
    assert_eq!(parse_plan(&FormData::of(&again)).unwrap().planned.cents(), 9_999_999_999);
}
