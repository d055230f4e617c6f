// SPDX-License-Identifier: EUPL-1.2
//! Cards as people fill them in.

use super::*;

fn read(more: &[(&str, &str)]) -> Result<CardContent, Vec<(&'static str, &'static str)>> {
    let mut fields =
        vec![("name", "Schwimmen im Hafen"), ("kind", "offer"), ("topics", "sport"), ("about", "Im Hafenbad")];
    fields.push(("visibility", "public"));
    fields.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.extend_from_slice(more);
    let short = |wrong: Refusals| wrong.list().iter().map(|one| (one.field, one.rule.code())).collect();
    CardContent::read(fields.as_slice()).map_err(short)
}

#[test]
fn a_card_comes_back_out_of_its_fields() {
    let consent = [
        ("consent_on", "1.11.2026"),
        ("consent_until", "31.10.2027"),
        ("consent_scope", "public"),
        ("consent_form", "written"),
    ];
    let mut all = vec![
        ("topics", "sport early"),
        ("keywords", "Seepferdchen"),
        ("place", "Badweg 1"),
        ("point", "53.6051, 9.9123"),
        ("contact", "Telefon 1"),
        ("web", "https://bad.example"),
        ("key_person", "Frau Wirt"),
        ("second_person", "Herr Pelz"),
        ("conditions", "Anmeldung"),
        ("cost", "fee"),
        ("cost_note", "2 € je Abend"),
        ("languages", "de"),
        ("languages", "ar"),
        ("barriers", "no-steps, toilet"),
        ("age_from", "5"),
        ("age_to", "12"),
        ("times", "Mo 15-17 Uhr\nDi 9-10 Uhr"),
        ("free_places", "3"),
        ("waiting", "0"),
        ("basis", "16 11"),
    ];
    all.extend(consent);
    let card = read(&all).unwrap();
    assert_eq!(card.languages, [Language::German, Language::Arabic]);
    assert_eq!(CardContent::read(card.fields().as_slice()), Ok(card));
}

#[test]
fn what_is_wrong_is_said_at_its_field() {
    for (fields, wrong) in [
        (&[("topics", "")][..], ("topics", "card.choice")),
        (&[("topics", "sport magic")], ("topics", "card.choice")),
        (&[("age_from", "12"), ("age_to", "5")], ("age_to", "card.ages")),
        (&[("age_from", "-1")], ("age_from", "card.number")),
        (&[("free_places", "viele")], ("free_places", "card.number")),
        (&[("times", "irgendwann")], ("times", "card.time_unreadable")),
        (&[("kind", "event")], ("times", "card.event_without_day")),
        (&[("point", "9.9, 53.6")], ("point", "territory.point_axes_swapped")),
        (&[("point", "am Hafen")], ("point", "territory.point_not_a_number")),
        (&[("visibility", "")], ("visibility", "card.choice")),
    ] {
        assert_eq!(read(fields), Err(vec![wrong]), "{fields:?}");
    }
}

#[test]
fn a_private_person_agreed_first() {
    let consent = |until, scope| {
        [
            ("kind", "person"),
            ("consent_on", "2026-11-01"),
            ("consent_until", until),
            ("consent_scope", scope),
            ("consent_form", "written"),
        ]
    };
    assert_eq!(read(&[("kind", "person")]), Err(vec![("consent_until", "card.consent_missing")]));
    assert_eq!(read(&consent("2027-10-31", "team")), Err(vec![("visibility", "card.consent_narrower")]));
    assert_eq!(read(&consent("2026-10-31", "public")), Err(vec![("consent_until", "card.consent_backwards")]));
    assert_eq!(read(&consent("2031-10-31", "public")), Err(vec![("consent_until", "card.consent_too_long")]));
    assert!(read(&consent("2027-10-31", "public")).is_ok());
    let with_point = [consent("2027-10-31", "public").to_vec(), vec![("point", "53.6, 9.9")]].concat();
    assert_eq!(read(&with_point), Err(vec![("point", "card.person_without_point")]));
}
