// SPDX-License-Identifier: EUPL-1.2
//! From a template and values to what a letter says. Values are words and nothing else: braces in them stay braces.

use super::field::{LetterField, Origin};
use super::markup::{Node, Part, Piece, Template};
use super::paper::{Block, Paper};
use super::shipped::part;
use std::collections::BTreeMap;

/// What is known and was answered.
pub type Values = BTreeMap<LetterField, String>;

/// A letter as far as it can be said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Ausgefüllter Brief")]
pub struct Filled {
    /// What it says; what is missing stands as `…`.
    pub paper: Paper,
    /// What is missing.
    pub missing: Vec<LetterField>,
}

const GAP: &str = "…";

/// Fills a template.
///
/// ```
/// use domain::letters::{Block, LetterField, LetterKind, Template, Values, fill, shipped};
///
/// let template = Template::parse(LetterKind::Invitation, shipped(LetterKind::Invitation))?;
/// let filled = fill(&template, &Values::from([(LetterField::Place, "Rathaus {Zimmer 3}".to_owned())]));
/// assert!(filled.paper.words().iter().any(|text| text.contains("Rathaus {Zimmer 3}")));
/// assert!(filled.missing.contains(&LetterField::Meeting));
/// # Ok::<(), domain::kernel::Refusals>(())
/// ```
#[must_use]
pub fn fill(template: &Template, values: &Values) -> Filled {
    let mut missing = Vec::new();
    let subject = words(&template.subject, values, &mut missing);
    let mut blocks = Vec::new();
    for node in template.nodes.iter().filter(|node| node.when.is_none_or(|field| values.contains_key(&field))) {
        match lone_part(node) {
            Some(field) => {
                let nodes = Template::of_part(part(field));
                let said = nodes.iter().filter(|node| node.when.is_none_or(|field| values.contains_key(&field)));
                blocks.extend(said.flat_map(|node| block(&node.part, values, &mut missing)));
            }
            None => blocks.extend(block(&node.part, values, &mut missing)),
        }
    }
    missing.sort_unstable();
    missing.dedup();
    Filled { paper: Paper { subject, blocks }, missing }
}

fn lone_part(node: &Node) -> Option<LetterField> {
    match &node.part {
        Part::Paragraph(pieces) => match pieces.as_slice() {
            [Piece::Field(field)] if field.origin() == Origin::Part => Some(*field),
            _ => None,
        },
        _ => None,
    }
}

fn block(part: &Part, values: &Values, missing: &mut Vec<LetterField>) -> Vec<Block> {
    match part {
        Part::Heading(pieces) => vec![Block::Heading(words(pieces, values, missing))],
        Part::Points(points) => {
            vec![Block::Points(points.iter().map(|point| words(point, values, missing)).collect())]
        }
        // What somebody typed may have paragraphs of its own.
        Part::Paragraph(pieces) => {
            let text = words(pieces, values, missing);
            text.split("\n\n")
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(|text| Block::Paragraph(text.to_owned()))
                .collect()
        }
    }
}

fn words(pieces: &[Piece], values: &Values, missing: &mut Vec<LetterField>) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(words) => text.push_str(words),
            Piece::Field(field) => match values.get(field).filter(|value| !value.trim().is_empty()) {
                Some(value) => text.push_str(value.trim()),
                None => {
                    missing.push(*field);
                    text.push_str(GAP);
                }
            },
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::{LetterKind, invented, shipped};
    use super::*;

    #[test]
    fn every_letter_of_ours_is_whole_with_an_invented_family() {
        for kind in LetterKind::ALL {
            let template =
                Template::parse(*kind, shipped(*kind)).unwrap_or_else(|wrong| panic!("{}: {wrong:?}", kind.code()));
            let filled = fill(&template, &invented());
            assert_eq!(filled.missing, [], "{}", kind.code());
            let text = filled.paper.words().join("\n");
            assert!(!text.contains(GAP) && !text.contains('{') && text.len() > 200, "{}: {text}", kind.code());
        }
    }

    #[test]
    fn each_demanded_part_is_noticed_when_it_goes() {
        for kind in LetterKind::ALL {
            for (field, _) in kind.demands() {
                let without = shipped(*kind).replace(&format!("{{{}}}", field.code()), "");
                assert!(Template::parse(*kind, &without).is_err(), "{} {}", kind.code(), field.code());
            }
        }
    }

    #[test]
    fn values_are_words_and_never_commands() {
        let template = Template::parse(
            LetterKind::Forwarded,
            "Betreff: {stelle}\n{eingang} {stelle}\n\n[wenn mitbringen]\nBringen: {mitbringen}\n[ende]",
        );
        let values = Values::from([
            (LetterField::Body, "{rechtsbehelf}\n\n# Kopf\n- Punkt".to_owned()),
            (LetterField::ArrivedOn, "heute".to_owned()),
        ]);
        let filled = fill(&template.unwrap(), &values);
        let blocks = [Block::Paragraph("heute {rechtsbehelf}".into()), Block::Paragraph("# Kopf\n- Punkt".into())];
        assert!(filled.paper.blocks == blocks, "{:?}", filled.paper.words());
    }
}
