// SPDX-License-Identifier: EUPL-1.2
//! What stands on a help plan, as plain values.

use domain::kernel::Day;

/// All that is printed on a help plan, nothing else.
///
/// Line ends in longer texts become paragraphs. An empty text or list is printed as a plain statement that nothing was
/// recorded, so that a gap in the plan is seen and not passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Hilfeplan")]
pub struct PlanSheet {
    /// The youth welfare office that answers for the plan.
    pub office: String,
    /// What it is: `Hilfeplan`, or `Ablehnung einer Hilfe` for a refusal, which is no plan.
    pub title: String,
    /// On which paragraph it rests, such as `nach § 36 SGB VIII`.
    pub basis: String,
    /// The number of the case (Aktenzeichen).
    pub case_number: String,
    /// Which version of the plan this is, from 1.
    pub version: u32,
    /// The day of the decision; it also dates the file.
    pub decided_on: Day,
    /// The family as it is addressed, such as `Familie Yıldız`.
    pub family: String,
    /// Who took part in making the plan (§ 36 (2), (3) SGB VIII).
    pub participants: Vec<Participant>,
    /// What each person wants, in their own words.
    pub wills: Vec<Will>,
    /// What they wish for beyond that.
    pub wishes: Vec<Voice>,
    /// The broad goals, each owned by somebody.
    pub goals: Vec<Voice>,
    /// What the family already has, in the four fields.
    pub resources: Vec<Resources>,
    /// Ideas that were considered in the team or the family council.
    pub ideas: Vec<String>,
    /// The need for help as the professionals see it (§ 36 (2) SGB VIII).
    pub need: String,
    /// Mandates of the office or a court: not the family's will.
    pub mandates: Vec<Voice>,
    /// Further findings with a title of their own: siblings, perspective (§ 37c), how the child took part.
    pub notes: Vec<Note>,
    /// What was decided, and why.
    pub decision: Decision,
    /// Who carries the help out; none for help that the office gives itself or that was refused.
    pub commission: Option<Commission>,
    /// Who signs: one line for each.
    pub signatures: Vec<String>,
}

impl PlanSheet {
    /// A sheet on which only the head is filled in.
    #[must_use]
    pub fn blank(office: &str, case_number: &str, version: u32, decided_on: Day) -> Self {
        Self {
            office: office.to_owned(),
            title: "Hilfeplan".to_owned(),
            basis: "nach § 36 SGB VIII".to_owned(),
            case_number: case_number.to_owned(),
            version,
            decided_on,
            family: String::new(),
            participants: Vec::new(),
            wills: Vec::new(),
            wishes: Vec::new(),
            goals: Vec::new(),
            resources: Vec::new(),
            ideas: Vec::new(),
            need: String::new(),
            mandates: Vec::new(),
            notes: Vec::new(),
            decision: Decision::default(),
            commission: None,
            signatures: Vec::new(),
        }
    }
}

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Beteiligte")]
pub struct Participant {
    /// Their name.
    pub name: String,
    /// In which role, such as `Mutter, personensorgeberechtigt`.
    pub role: String,
}

/// What one person wants, in their own words.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Wille")]
pub struct Will {
    /// Who said it.
    pub speaker: String,
    /// When it was said.
    pub said_on: Day,
    /// The words themselves, unchanged.
    pub words: String,
    /// What the person will do for it; may be empty.
    pub own_part: String,
}

/// Words together with the one whose words they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Äußerung")]
pub struct Voice {
    /// Whose goal, wish or mandate it is.
    pub owner: String,
    /// What they said or laid down.
    pub words: String,
}

/// One of the four fields of resources.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Ressourcen")]
pub struct Resources {
    /// The name of the field, such as `Persönliche Ressourcen`.
    pub field: String,
    /// What was found in it.
    pub entries: Vec<String>,
}

/// A finding with its own title.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Feststellung")]
pub struct Note {
    /// The title, such as `Geschwister`.
    pub title: String,
    /// The finding.
    pub words: String,
}

/// The decision on the help, taken by the office alone (§ 36a (1) SGB VIII).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[doc(alias = "Entscheidung")]
pub struct Decision {
    /// The paragraph of the law, such as `§ 31 SGB VIII`.
    pub paragraph: String,
    /// The kind of help, such as `Sozialpädagogische Familienhilfe`.
    pub kind: String,
    /// Why this help is suitable and necessary.
    pub reasons: String,
    /// What else was weighed, and why it was not chosen.
    pub alternatives: String,
    /// The professionals who worked on the decision together (§ 36 (2) SGB VIII).
    pub professionals: Vec<String>,
    /// The person in the office who decided.
    pub decided_by: String,
    /// When the plan is to be looked at again.
    pub review_on: Option<Day>,
}

/// The commission to the agency that carries the help out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Beauftragung")]
pub struct Commission {
    /// The agency.
    pub agency: String,
    /// First day.
    pub from: Day,
    /// Last day, if one was set.
    pub until: Option<Day>,
    /// The ceiling in words a family understands, such as `bis zu 8 Stunden in der Woche`.
    pub ceiling: String,
    /// How the right to wish and choose (§ 5 SGB VIII) was kept.
    pub wish_and_choice: String,
}
