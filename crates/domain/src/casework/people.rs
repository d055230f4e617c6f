// SPDX-License-Identifier: EUPL-1.2
//! What is known of a person besides the name: language, how to be reached, where they lived, and whether two
//! entries may be one human being.

use super::Home;
use crate::access::codes;
use crate::kernel::{Day, HumanId, Line, Moment, Note, PersonId, Phone, Refusal, Rule, name_sound};

/// Somebody cannot have moved in tomorrow and be recorded as living there.
pub const LIVES_IN_FUTURE: Rule = Rule::new("residence.in_the_future", "Aktenwahrheit");
/// A mail address without an at sign.
pub const MAIL_UNREADABLE: Rule = Rule::new("contact.mail_unreadable", "RFC 5322");
/// An entry is joined with itself.
pub const JOINED_WITH_ITSELF: Rule = Rule::new("join.with_itself", "Eindeutigkeit");
/// Two entries that are one human being already.
pub const JOINED_ALREADY: Rule = Rule::new("join.already", "Eindeutigkeit");
/// Two birthdays are two people, until one of them is corrected.
pub const JOINED_BIRTHDAYS: Rule = Rule::new("join.birthdays", "§ 84(1) SGB X: Richtigkeit");
/// Undone already, or too long ago.
pub const JOIN_NOT_UNDOABLE: Rule = Rule::new("join.not_undoable", "30 Tage");

/// Days in which a joining can be undone.
pub const UNDO_DAYS: i32 = 30;

codes! {
    /// Does somebody need an interpreter (§ 8(4), § 10a(1) SGB VIII; § 17(2) SGB I)?
    #[doc(alias = "Dolmetschbedarf")]
    Interpreter {
        /// No.
        NotNeeded = "not-needed",
        /// For spoken language.
        Spoken = "spoken",
        /// For sign language.
        Sign = "sign",
        /// In plain words and pictures.
        Plain = "plain",
    }
}

/// Languages of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Sprache zu Hause")]
pub struct Speech {
    /// Spoken at home.
    pub language: Option<Line>,
    /// Interpreter; nobody said is not "no".
    pub interpreter: Option<Interpreter>,
}

/// How somebody is reached.
#[derive(Clone, PartialEq, Eq)]
#[doc(alias = "Erreichbarkeit")]
pub enum Contact {
    /// By telephone.
    Phone(Phone),
    /// By mail.
    Mail(Line),
}

/// Contacts never reach a log line.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

impl Contact {
    /// Reads a telephone number, or a mail address where there is an at sign.
    ///
    /// # Errors
    /// Those of [`Phone::parse`], [`MAIL_UNREADABLE`].
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if !text.contains('@') {
            return Phone::parse(text).map(Self::Phone);
        }
        let line = Line::parse(text)?;
        let whole = line.as_str().split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !line.as_str().contains(' ') && !host.contains('@')
        });
        if whole { Ok(Self::Mail(line)) } else { Err(MAIL_UNREADABLE.broken()) }
    }
}

/// Where somebody lived.
#[derive(Clone, PartialEq)]
#[doc(alias = "Wohnverlauf")]
pub struct NewResidence {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub place: Line,
    /// Do they live there, or are they only found there?
    pub home: Home,
    /// With whom.
    pub with_whom: Option<Line>,
    /// Since.
    pub from: Day,
    /// Until.
    pub until: Option<Day>,
}

/// Where a family lives never reaches a log line.
impl std::fmt::Debug for NewResidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewResidence(…)")
    }
}

impl NewResidence {
    /// Checks a stay before it is recorded.
    ///
    /// # Errors
    /// [`LIVES_IN_FUTURE`], a reversed period.
    pub fn check(&self, today: Day) -> Result<(), Refusal> {
        if self.from > today {
            return Err(LIVES_IN_FUTURE.broken_at("from"));
        }
        crate::kernel::Period::new(self.from, self.until).map(|_| ()).map_err(|refusal| refusal.at("until"))
    }
}

/// An entry of a person, as far as likeness needs it.
#[derive(Clone, PartialEq)]
#[doc(alias = "Personeneintrag")]
pub struct Entry {
    /// Which entry.
    pub id: PersonId,
    /// Who it is.
    pub human: HumanId,
    /// Name.
    pub name: String,
    /// Birthday.
    pub born: Option<Day>,
}

/// Names never reach a log line.
impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Entry({})", self.id)
    }
}

codes! {
    /// How alike two entries are. People decide; nothing is joined by itself (N9).
    #[doc(alias = "Mögliche Dublette")]
    Likeness {
        /// Same birthday, and the names sound alike.
        Probable = "probable",
        /// The names sound alike, and a birthday is missing.
        Possible = "possible",
    }
}

/// May two entries be the same human being?
#[must_use]
pub fn likeness(one: &Entry, other: &Entry) -> Option<Likeness> {
    let sound = name_sound(&one.name);
    if one.human == other.human || sound.is_empty() || sound != name_sound(&other.name) {
        return None;
    }
    match (one.born, other.born) {
        (Some(a), Some(b)) if a == b => Some(Likeness::Probable),
        (Some(_), Some(_)) => None,
        _ => Some(Likeness::Possible),
    }
}

/// May two entries be joined as one human being? With a reason, by people.
///
/// # Errors
/// [`JOINED_WITH_ITSELF`], [`JOINED_ALREADY`], [`JOINED_BIRTHDAYS`].
pub fn join(kept: &Entry, joined: &Entry) -> Result<(), Refusal> {
    if kept.id == joined.id {
        return Err(JOINED_WITH_ITSELF.broken_at("joined"));
    }
    if kept.human == joined.human {
        return Err(JOINED_ALREADY.broken_at("joined"));
    }
    if kept.born.zip(joined.born).is_some_and(|(a, b)| a != b) {
        return Err(JOINED_BIRTHDAYS.broken_at("joined"));
    }
    Ok(())
}

/// May a joining still be undone?
///
/// # Errors
/// [`JOIN_NOT_UNDOABLE`].
pub fn undo(joined_at: Moment, undone: bool, today: Day) -> Result<(), Refusal> {
    if undone || today.days_since(joined_at.day()) > UNDO_DAYS {
        return Err(JOIN_NOT_UNDOABLE.broken());
    }
    Ok(())
}

/// Why two entries are one.
#[derive(Debug, Clone, PartialEq)]
#[doc(alias = "Zusammenführung")]
pub struct NewJoin {
    /// Stays.
    pub kept: PersonId,
    /// Is the same.
    pub joined: PersonId,
    /// How one knows.
    pub why: Note,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn entry(n: u128, name: &str, born: &str) -> Entry {
        let born = Day::parse(born).ok();
        Entry { id: PersonId(Uuid::from_u128(n)), human: HumanId(Uuid::from_u128(n)), name: name.into(), born }
    }

    #[test]
    fn alike_is_what_sounds_alike_with_no_other_birthday() {
        let one = entry(1, "Ayşe Yılmaz", "1990-05-01");
        let check = |name: &str, born: &str, expected| assert_eq!(likeness(&one, &entry(2, name, born)), expected);
        check("Yilmas, Ayse", "1990-05-01", Some(Likeness::Probable));
        check("Ayse Yilmaz", "", Some(Likeness::Possible));
        check("Ayse Yilmaz", "1990-01-05", None);
        check("Leyla Yılmaz", "1990-05-01", None);
        assert_eq!(likeness(&one, &one), None);
        assert_eq!(likeness(&entry(1, "王小明", ""), &entry(2, "李雷", "")), None, "what has no sound is not alike");
    }

    #[test]
    fn people_join_and_undo_within_thirty_days() {
        let (one, other) = (entry(1, "Ayşe Yılmaz", "1990-05-01"), entry(2, "Anders Genannt", ""));
        assert_eq!(join(&one, &other), Ok(()), "a new name after a marriage sounds different");
        assert_eq!(join(&one, &one), Err(JOINED_WITH_ITSELF.broken_at("joined")));
        assert_eq!(join(&one, &Entry { human: one.human, ..other.clone() }), Err(JOINED_ALREADY.broken_at("joined")));
        assert_eq!(join(&one, &entry(2, "A", "1991-05-01")), Err(JOINED_BIRTHDAYS.broken_at("joined")));
        let at = Moment::parse_local("2026-11-01T23:59").unwrap();
        assert_eq!(undo(at, false, Day::parse("2026-12-01").unwrap()), Ok(()));
        assert_eq!(undo(at, false, Day::parse("2026-12-02").unwrap()), Err(JOIN_NOT_UNDOABLE.broken()));
        assert!(undo(at, true, Day::parse("2026-11-02").unwrap()).is_err());
    }

    #[test]
    fn contacts_and_stays_are_read() {
        assert!(matches!(Contact::read("040 12345"), Ok(Contact::Phone(_))));
        assert!(matches!(Contact::read("ayse@post.example"), Ok(Contact::Mail(_))));
        for text in ["@post.example", "ayse@post", "a b@post.example", "a@b@c.de"] {
            assert_eq!(Contact::read(text), Err(MAIL_UNREADABLE.broken()), "{text}");
        }
        let today = Day::parse("2026-11-20").unwrap();
        let stay = |from: &str, until: &str| NewResidence {
            person: PersonId(Uuid::nil()),
            place: Line::parse("Lindenweg 12").unwrap(),
            home: Home::Fixed,
            with_whom: None,
            from: Day::parse(from).unwrap(),
            until: Day::parse(until).ok(),
        };
        assert_eq!(stay("2026-11-20", "").check(today), Ok(()));
        assert_eq!(stay("2026-11-21", "").check(today), Err(LIVES_IN_FUTURE.broken_at("from")));
        assert_eq!(stay("2026-11-20", "2026-11-19").check(today).unwrap_err().field, "until");
        assert!(!format!("{:?}", stay("2026-11-20", "")).contains("Linden"));
    }
}
