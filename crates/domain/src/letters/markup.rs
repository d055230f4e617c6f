// SPDX-License-Identifier: EUPL-1.2
//! The markup of templates: `# heading`, `- point`, paragraphs between blank lines, `{placeholder}`, and
//! `[wenn placeholder]` … `[ende]` around what is said only if there is something to say.

use super::field::{LetterField, Origin};
use super::kind::LetterKind;
use crate::kernel::{Refusals, Rule};

/// A placeholder that does not exist.
pub const TEMPLATE_FIELD_UNKNOWN: Rule = Rule::new("letter.field_unknown", "Vorlage");
/// A placeholder that this letter may not hold.
pub const TEMPLATE_FIELD_NOT_ALLOWED: Rule = Rule::new("letter.field_not_allowed", "§ 64(4) SGB VIII");
/// A part that a law demands is missing.
pub const PART_MISSING: Rule = Rule::new("letter.part_missing", "§§ 24, 33-36 SGB X");
/// A part stands in the middle of a sentence.
pub const PART_NOT_ALONE: Rule = Rule::new("letter.part_not_alone", "Vorlage");
/// `[wenn …]` without `[ende]`, or the other way round.
pub const TEMPLATE_OPEN_BLOCK: Rule = Rule::new("letter.open_block", "Vorlage");
/// No subject.
pub const TEMPLATE_SUBJECT_MISSING: Rule = Rule::new("letter.subject_missing", "Vorlage");

const SUBJECT: &str = "Betreff:";
const WHEN: &str = "[wenn ";
const END: &str = "[ende]";

/// A piece of a line.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Field(LetterField),
}

pub(super) type Pieces = Vec<Piece>;

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Part {
    Heading(Pieces),
    Paragraph(Pieces),
    Points(Vec<Pieces>),
}

/// A block, and the placeholder on which it depends.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub when: Option<LetterField>,
    pub part: Part,
}

/// A template that was read without fault.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Briefvorlage")]
pub struct Template {
    pub(super) subject: Pieces,
    pub(super) nodes: Vec<Node>,
}

/// What is wrong with a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Fehler der Vorlage")]
pub enum Fault {
    /// A placeholder that does not exist: its line from 1, what stands there, and what may have been meant.
    Unknown(usize, String, Option<LetterField>),
    /// A placeholder that this letter may not hold.
    NotAllowed(usize, LetterField),
    /// A part that a law demands, and the paragraph.
    Missing(LetterField, &'static str),
    /// A part that does not stand alone.
    NotAlone(usize, LetterField),
    /// An optional block that is not opened or closed.
    Open(usize),
    /// The first line is no subject.
    NoSubject,
}

impl Fault {
    /// The rule that is broken.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        match self {
            Self::Unknown(..) => TEMPLATE_FIELD_UNKNOWN,
            Self::NotAllowed(..) => TEMPLATE_FIELD_NOT_ALLOWED,
            Self::Missing(..) => PART_MISSING,
            Self::NotAlone(..) => PART_NOT_ALONE,
            Self::Open(_) => TEMPLATE_OPEN_BLOCK,
            Self::NoSubject => TEMPLATE_SUBJECT_MISSING,
        }
    }
}

#[derive(Default)]
struct Reader {
    nodes: Vec<Node>,
    faults: Vec<Fault>,
    when: Option<LetterField>,
    opened: Option<usize>,
    open: Option<Part>,
}

/// Everything that is wrong with a text as a template of this kind; nothing if it may be used.
#[must_use]
pub fn faults(kind: LetterKind, text: &str) -> Vec<Fault> {
    read(kind, text).1
}

fn read(kind: LetterKind, text: &str) -> (Template, Vec<Fault>) {
    let mut reader = Reader::default();
    let mut lines =
        text.lines().map(str::trim).enumerate().map(|(n, line)| (n + 1, line)).skip_while(|(_, line)| line.is_empty());
    let first = lines.next().and_then(|(n, line)| Some((n, line.strip_prefix(SUBJECT)?.trim())));
    let subject = match first {
        Some((n, subject)) if !subject.is_empty() => reader.pieces(n, subject),
        _ => {
            reader.faults.push(Fault::NoSubject);
            Vec::new()
        }
    };
    lines.for_each(|(n, line)| reader.line(n, line));
    reader.close();
    reader.faults.extend(reader.opened.map(Fault::Open));
    let template = Template { subject, nodes: reader.nodes };
    let mut found = reader.faults;
    found.extend(
        template
            .uses()
            .into_iter()
            .filter(|field| !kind.allows(*field))
            .map(|field| Fault::NotAllowed(line_of(text, field), field)),
    );
    // Inside of an optional block a part may fail to be said, so it does not count.
    let said: Vec<_> = template.always();
    let demanded = kind.demands().iter().filter(|(field, _)| !said.contains(field));
    found.extend(demanded.map(|(field, source)| Fault::Missing(*field, source)));
    (template, found)
}

fn line_of(text: &str, field: LetterField) -> usize {
    let word = format!("{{{}}}", field.code());
    text.lines().position(|line| line.contains(&word)).map_or(1, |n| n + 1)
}

impl Reader {
    fn line(&mut self, n: usize, line: &str) {
        if line.is_empty() {
            self.close();
        } else if let Some(name) = line.strip_prefix(WHEN).and_then(|rest| rest.strip_suffix(']')) {
            self.open_block(n, name.trim());
        } else if line == END {
            self.close();
            if self.opened.take().is_none() {
                self.faults.push(Fault::Open(n));
            }
            self.when = None;
        } else if let Some(heading) = line.strip_prefix("# ") {
            self.close();
            let pieces = self.pieces(n, heading.trim());
            self.nodes.push(Node { when: self.when, part: Part::Heading(pieces) });
        } else if let Some(point) = line.strip_prefix("- ") {
            let pieces = self.pieces(n, point.trim());
            match &mut self.open {
                Some(Part::Points(points)) => points.push(pieces),
                _ => {
                    self.close();
                    self.open = Some(Part::Points(vec![pieces]));
                }
            }
        } else {
            self.sentence(n, line);
        }
    }

    fn open_block(&mut self, n: usize, name: &str) {
        self.close();
        if self.opened.is_some() {
            self.faults.push(Fault::Open(n));
        }
        self.opened = Some(n);
        match LetterField::from_code(name) {
            Some(field) => self.when = Some(field),
            None => self.faults.push(Fault::Unknown(n, name.to_owned(), near(name))),
        }
    }

    fn sentence(&mut self, n: usize, line: &str) {
        let pieces = self.pieces(n, line);
        match &mut self.open {
            Some(Part::Paragraph(open)) => {
                open.push(Piece::Text("\n".to_owned()));
                open.extend(pieces);
            }
            _ => {
                self.close();
                self.open = Some(Part::Paragraph(pieces));
            }
        }
        let alone = matches!(&self.open, Some(Part::Paragraph(open)) if open.len() == 1);
        let parts = match &self.open {
            Some(Part::Paragraph(open)) if !alone => part_in(open),
            _ => None,
        };
        if let Some(field) = parts
            && !self.faults.iter().any(|fault| matches!(fault, Fault::NotAlone(_, known) if *known == field))
        {
            self.faults.push(Fault::NotAlone(n, field));
        }
    }

    /// Text and placeholders of a line. A brace without its partner is text.
    fn pieces(&mut self, n: usize, line: &str) -> Pieces {
        let (mut pieces, mut rest) = (Vec::new(), line);
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            match LetterField::from_code(name.trim()) {
                Some(field) => pieces.push(Piece::Field(field)),
                None => self.faults.push(Fault::Unknown(n, name.to_owned(), near(name.trim()))),
            }
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        pieces
    }

    fn close(&mut self) {
        if let Some(part) = self.open.take() {
            self.nodes.push(Node { when: self.when, part });
        }
    }
}

fn part_in(pieces: &[Piece]) -> Option<LetterField> {
    pieces.iter().find_map(|piece| match piece {
        Piece::Field(field) if field.origin() == Origin::Part => Some(*field),
        _ => None,
    })
}

/// What may have been meant: the placeholder that begins alike.
fn near(name: &str) -> Option<LetterField> {
    let start: String = name.to_lowercase().chars().take(4).collect();
    let alike = |field: &&LetterField| start.chars().count() >= 3 && field.code().starts_with(&start);
    LetterField::ALL.iter().find(alike).copied()
}

impl Template {
    /// Reads a text as a template of this kind.
    ///
    /// # Errors
    /// A refusal a [`Fault`], at the field `text`.
    pub fn parse(kind: LetterKind, text: &str) -> Result<Self, Refusals> {
        let (template, faults) = read(kind, text);
        let mut refusals = Refusals::default();
        let mut told: Vec<Rule> = Vec::new();
        for rule in faults.iter().map(Fault::rule) {
            if !told.contains(&rule) {
                told.push(rule);
                refusals.note(rule.broken_at("text"));
            }
        }
        refusals.finish(Some(template))
    }

    /// The words of a part. It is ours, so it is read as it stands.
    pub(super) fn of_part(text: &str) -> Vec<Node> {
        let mut reader = Reader::default();
        text.lines().enumerate().for_each(|(n, line)| reader.line(n, line.trim()));
        reader.close();
        reader.nodes
    }

    /// All placeholders, in their order, each once.
    #[must_use]
    pub fn uses(&self) -> Vec<LetterField> {
        let mut all = fields(&self.subject);
        for node in &self.nodes {
            all.extend(node.when);
            all.extend(of_part(&node.part));
        }
        let mut once = Vec::new();
        all.into_iter().for_each(|field| {
            if !once.contains(&field) {
                once.push(field);
            }
        });
        once
    }

    /// The placeholders that are said in every case.
    #[must_use]
    pub fn always(&self) -> Vec<LetterField> {
        let said = self.nodes.iter().filter(|node| node.when.is_none()).flat_map(|node| of_part(&node.part));
        fields(&self.subject).into_iter().chain(said).collect()
    }
}

fn of_part(part: &Part) -> Vec<LetterField> {
    match part {
        Part::Heading(pieces) | Part::Paragraph(pieces) => fields(pieces),
        Part::Points(points) => points.iter().flat_map(|point| fields(point)).collect(),
    }
}

fn fields(pieces: &[Piece]) -> Vec<LetterField> {
    let field = |piece: &Piece| if let Piece::Field(field) = piece { Some(*field) } else { None };
    pieces.iter().filter_map(field).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use LetterField as F;

    const GOOD: &str = "Betreff: Termin\n{anrede}\n\nWann: {termin}, {ort}\n\n{begleitung}\n\n{sprache}";

    #[test]
    fn a_fault_says_where_it_is_and_what_was_meant() {
        let check = |text: &str| faults(LetterKind::Invitation, text);
        assert_eq!(check(GOOD), []);
        for (text, fault) in [
            (GOOD.replace("Termin\n", "Termin\n{ankunft}"), Fault::Unknown(2, "ankunft".into(), None)),
            (GOOD.replace("{anrede}", "{anreden}"), Fault::Unknown(2, "anreden".into(), Some(F::Salutation))),
            (GOOD.replace("{begleitung}", ""), Fault::Missing(F::Company, "§ 13 Abs. 4 SGB X")),
            (GOOD.replace("{sprache}", "Bitte: {sprache}"), Fault::NotAlone(8, F::Language)),
            (format!("{GOOD}\n[ende]"), Fault::Open(9)),
            (format!("{GOOD}\n[wenn ort]\nx"), Fault::Open(9)),
            (GOOD.replace("Betreff: Termin", "Termin"), Fault::NoSubject),
            (format!("{GOOD}\n\n{{meldung.taetig}}"), Fault::NotAllowed(10, F::Active)),
        ] {
            assert_eq!(check(&text), [fault], "{text}");
        }
        let hidden = GOOD.replace("{begleitung}", "[wenn ort]\n{begleitung}\n[ende]");
        assert_eq!(check(&hidden), [Fault::Missing(F::Company, "§ 13 Abs. 4 SGB X")], "optional is not there");
    }

    #[test]
    fn each_rule_is_told_once_at_the_text() {
        let wrong = Template::parse(LetterKind::Refusal, "Betreff: x\n{a} {b}").err().unwrap();
        let told: Vec<_> = wrong.list().iter().map(|one| (one.rule, one.field)).collect();
        assert_eq!(told, [(TEMPLATE_FIELD_UNKNOWN, "text"), (PART_MISSING, "text")]);
    }
}
