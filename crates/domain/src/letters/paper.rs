// SPDX-License-Identifier: EUPL-1.2
//! What a letter says: a subject and blocks of plain words. Page and PDF are made of the same.

/// A block of a letter.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Absatz")]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph; line breaks stay.
    Paragraph(String),
    /// A list.
    Points(Vec<String>),
}

/// The whole text of a letter.
#[derive(Clone, PartialEq, Eq, Default)]
#[doc(alias = "Brieftext")]
pub struct Paper {
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Paper {
    /// All words, block by block: what the paper must say too.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        let each = self.blocks.iter().flat_map(|block| match block {
            Block::Heading(text) | Block::Paragraph(text) => std::slice::from_ref(text),
            Block::Points(points) => points.as_slice(),
        });
        std::iter::once(&self.subject).chain(each).map(String::as_str).collect()
    }
}

/// What families are told never reaches a log line.
impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Heading(_) => "Heading(…)",
            Self::Paragraph(_) => "Paragraph(…)",
            Self::Points(_) => "Points(…)",
        })
    }
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Paper({} blocks)", self.blocks.len())
    }
}
