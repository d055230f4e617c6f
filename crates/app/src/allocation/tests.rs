// SPDX-License-Identifier: EUPL-1.2
//! Sheets as files and JSON, and what "forever" means: the same inputs, the same result, byte for byte.

use super::{MethodLine, ScopeLine, Sheet, Snapshot, Typed, digest, read, reproduces, work_out};
use domain::budget::allocation::Method;

const JSON: &str = r#"{
    "titel": "Nordfriesland", "jahr": 2014, "gesamt": "1.000.000", "abschlaege": 4,
    "umfang": [{"paragraf": "§ 34", "enthalten": false, "betrag": 500}],
    "tabelle": "Raum;Fälle\nA;133\nB;85",
    "quellen": [{"spalte": "Fälle", "quelle": "Bericht 2014", "stand": "2013-12-31"}],
    "verfahren": [{"art": "g", "indikatoren": [{"spalte": "Fälle", "gewicht": "sehr hoch"}]}]
}"#;

fn sheet() -> Sheet {
    serde_json::from_str(JSON).unwrap()
}

fn snapshot(sheet: &Sheet) -> Snapshot {
    let (inputs, result) = (serde_json::to_string(sheet), serde_json::to_string(&work_out(sheet).unwrap()));
    let (inputs, result) = (inputs.unwrap(), result.unwrap());
    Snapshot { sha256: digest(&inputs, &result), inputs, result }
}

#[test]
fn german_and_english_names_say_the_same() {
    let plan = read(&sheet()).unwrap();
    assert_eq!((plan.total, plan.scope[0].cents, plan.instalments), (100_000_000, 50_000, 4));
    assert_eq!(plan.parts[0].method, Method::Cases);
    assert_eq!(plan.parts[0].columns[0].weight.exact(), "4");
    let english = serde_json::to_string(&sheet()).unwrap();
    assert!(english.contains("\"total\"") && !english.contains("gesamt"));
    assert_eq!(serde_json::from_str::<Sheet>(&english).unwrap(), sheet());
}

#[test]
fn no_number_passes_through_a_floating_point() {
    for wrong in [JSON.replace("500}", "500.5}"), JSON.replace("2014,", "2.014e3,"), JSON.replace("500}", "true}")] {
        assert!(serde_json::from_str::<Sheet>(&wrong).is_err(), "{wrong}");
    }
    assert!(serde_json::from_str::<Sheet>(r#"{"gesammt": 1}"#).is_err(), "a slip of the pen is not lost");
}

#[test]
fn what_was_kept_is_found_again_and_tampering_shows() {
    let kept = snapshot(&sheet());
    assert!(reproduces(&kept, &sheet()));
    assert_eq!(snapshot(&sheet()).sha256, kept.sha256, "the same inputs, the same digest");
    let other_result = Snapshot { result: kept.result.replacen("133", "134", 1), ..kept.clone() };
    assert!(!reproduces(&other_result, &sheet()));
    let other_digest = Snapshot { sha256: kept.sha256.replace('a', "b"), ..kept.clone() };
    assert!(!reproduces(&other_digest, &sheet()));
    let other_inputs = Sheet { total: "1.000.001".into(), ..sheet() };
    assert!(!reproduces(&kept, &other_inputs));
}

/// What was worked out and kept in one year must come out in every later one: change this digest only together
/// with a note in the changelog that old proposals are worked out differently now.
#[test]
fn old_proposals_are_worked_out_alike_forever() {
    assert_eq!(snapshot(&sheet()).sha256, "eb0b9523169adce22271f37e3b2f0dc4b2f99de8d35f731792ddf70aff6d3001");
}

#[test]
fn every_mistake_is_told_at_once() {
    let wrong = Sheet {
        title: "\t".into(),
        year: "zweitausend".into(),
        total: "-5".into(),
        top_slice: "-1 %".into(),
        minimum: Typed("1,234".into()),
        scope: vec![ScopeLine { paragraph: "§ 31".into(), ..ScopeLine::default() }],
        methods: vec![
            MethodLine { method: "X".into(), ..MethodLine::default() },
            MethodLine { method: "C".into(), whole: "vielleicht".into(), ..MethodLine::default() },
        ],
        ..sheet()
    };
    let faults = read(&wrong).unwrap_err();
    let told: Vec<(&str, &str)> = faults.iter().map(|fault| (fault.field, fault.rule.code())).collect();
    assert_eq!(
        told,
        [
            ("title", "text.empty"),
            ("year", "allocation.year_unfit"),
            ("total", "amount.negative"),
            ("scope", "allocation.inside_missing"),
            ("top_slice", "allocation.percent_below"),
            ("minimum", "amount.too_fine"),
            ("method", "allocation.method_missing"),
            ("method", "allocation.yes_or_no"),
        ]
    );
}
