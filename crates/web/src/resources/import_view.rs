// SPDX-License-Identifier: EUPL-1.2
//! Imports in German: what is said about rows, what columns are called, and the choice of columns out of a form.

use crate::kit::messages::rule_key;
use crate::kit::{FormData, t, t_with};
use domain::resources::exchange::{Because, Column, Plan, Said, Words};
use domain::resources::{Barrier, Basis, CardKind, CostKind, Language, Topic, Visibility};
use domain::territory::Severity;

/// Columns that are asked about at most; more are never read.
const MOST: usize = domain::resources::exchange::MOST_COLUMNS;

/// Something said, as a row of a table.
pub struct SaidView {
    pub line: String,
    pub column: String,
    pub sentence: String,
    pub value: String,
    pub grave: &'static str,
    pub badge: &'static str,
}

/// The German name of a column.
pub fn column_name(column: Column) -> String {
    t(&format!("trade-column-{}", column.code()))
}

/// What is wrong and what to do.
pub fn sentence(said: &Said) -> String {
    match &said.because {
        Because::Fault(fault, params) => {
            let param = |at: usize| params.get(at).map(String::as_str).unwrap_or_default();
            t_with(&format!("trade-said-{}", fault.code()), &[("x", param(0)), ("y", param(1))])
        }
        Because::Rule(rule) => t(&rule_key(rule.code())),
        Because::File(sentence) => sentence.clone(),
    }
}

/// The same with the name of the column before it: for files.
pub fn whole(said: &Said) -> String {
    match said.column {
        Some(column) => format!("{}: {}", column_name(column), sentence(said)),
        None => sentence(said),
    }
}

impl SaidView {
    pub fn of(said: &Said) -> Self {
        let badge = match said.severity {
            Severity::Error => "badge--alarm",
            Severity::Warning => "badge--warn",
            Severity::Notice => "badge--plain",
        };
        Self {
            line: if said.line == 0 { t("trade-file") } else { said.line.to_string() },
            column: said.column.map(column_name).unwrap_or_default(),
            sentence: sentence(said),
            value: said.value.clone(),
            grave: said.severity.german(),
            badge,
        }
    }
}

/// The words of all closed lists.
pub fn words() -> Words {
    let kinds = CardKind::ALL.iter().map(|one| ("card-kind", one.code()));
    let topics = Topic::ALL.iter().map(|one| ("topic", one.code()));
    let languages = Language::ALL.iter().map(|one| ("lang", one.code()));
    let barriers = Barrier::ALL.iter().map(|one| ("barrier", one.code()));
    let costs = CostKind::ALL.iter().map(|one| ("cost", one.code()));
    let seen = Visibility::ALL.iter().map(|one| ("visibility", one.code()));
    let named = kinds.chain(topics).chain(languages).chain(barriers).chain(costs).chain(seen);
    let basis = Basis::ALL.iter().map(|one| ("basis", one.code(), one.code().to_owned()));
    Words::new(named.map(|(list, code)| (list, code, t(&format!("{list}-{code}")))).chain(basis))
}

/// How a table is read if nothing is chosen: an offer to meet, for professionals.
pub fn defaults() -> Plan {
    let (kind, topic, visibility) = (CardKind::Offer, Topic::Meeting, Visibility::Professionals);
    Plan { columns: Vec::new(), kind, topic, visibility }
}

/// The choice of columns out of a form; nothing if the form has none.
pub fn plan_of(form: &FormData) -> Option<Plan> {
    let number = |name: &str| name.strip_prefix('s').and_then(|rest| rest.parse::<usize>().ok()).filter(|n| *n < MOST);
    let count = form.fields().iter().filter_map(|(name, _)| number(name)).max()? + 1;
    let columns = (0..count).map(|at| Column::from_code(form.value(&format!("s{at}")))).collect();
    let plain = defaults();
    Some(Plan {
        columns,
        kind: CardKind::from_code(form.value("art")).unwrap_or(plain.kind),
        topic: Topic::from_code(form.value("thema")).unwrap_or(plain.topic),
        visibility: Visibility::from_code(form.value("sichtbar")).unwrap_or(plain.visibility),
    })
}

/// The same choice as fields of a form.
pub fn fields_of(plan: &Plan) -> Vec<(String, String)> {
    let columns = plan.columns.iter().enumerate();
    let mut all: Vec<(String, String)> = columns
        .map(|(at, column)| (format!("s{at}"), column.map(Column::code).unwrap_or_default().to_owned()))
        .collect();
    all.push(("art".to_owned(), plan.kind.code().to_owned()));
    all.push(("thema".to_owned(), plan.topic.code().to_owned()));
    all.push(("sichtbar".to_owned(), plan.visibility.code().to_owned()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::messages::has;
    use domain::resources::exchange::Fault;

    #[test]
    fn everything_has_its_german_words() {
        for fault in Fault::ALL {
            assert!(has(&format!("trade-said-{}", fault.code())), "{}", fault.code());
        }
        for column in Column::ALL {
            assert!(has(&format!("trade-column-{}", column.code())), "{}", column.code());
            assert_eq!(
                Column::of_head(&column_name(*column)),
                Some(*column),
                "the template's head is known: {}",
                column.code()
            );
        }
        let words = words();
        for (list, cell, codes) in [
            ("topic", "Kleidung, Essen, Dinge", "supplies"),
            ("topic", "Sport und Bewegung, Treffpunkt", "sport meeting"),
            ("lang", "Persisch, Dari; Arabisch", "fa ar"),
            ("basis", "§ 16 SGB VIII; 28", "16 28"),
            ("visibility", "für alle", "public"),
        ] {
            let found = words
                .code(list, cell)
                .map(str::to_owned)
                .or_else(|| words.codes(list, cell).ok().map(|all| all.join(" ")));
            assert_eq!(found.as_deref(), Some(codes), "{cell}");
        }
    }

    #[test]
    fn a_choice_comes_back_out_of_its_form() {
        let plan = Plan { columns: vec![Some(Column::Name), None, Some(Column::Street)], ..defaults() };
        let fields = fields_of(&plan);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(plan_of(&FormData::of(&pairs)), Some(plan));
        assert_eq!(plan_of(&FormData::of(&[("thema", "sport")])), None);
    }
}
