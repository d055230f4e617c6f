// SPDX-License-Identifier: EUPL-1.2
//! Statements: written once, registered where they stand, prepared on both engines by a test.

use std::borrow::Cow;
use std::sync::OnceLock;

/// One SQL text for both engines. `$1` is the office. `{sight}` stands for the rows that the reader may
/// see; it becomes a comparison of the column named in front of it, see [`crate::sight`].
pub struct Sql {
    text: &'static str,
    /// What it is called where it stands.
    pub name: &'static str,
    /// Where it stands, for error messages: file and line of its `statement!`.
    pub place: (&'static str, u32),
    sqlite: OnceLock<String>,
    wide: [OnceLock<Wide>; WIDEST],
}

/// A statement for 2, 4, 8 … 64 rows at once: few texts, so that each is prepared once.
pub(super) const WIDEST: usize = 6;

/// The texts of a statement for many rows.
struct Wide {
    postgres: String,
    sqlite: String,
}

impl Sql {
    /// Use [`crate::statement!`].
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str, file: &'static str, line: u32) -> Self {
        Self { text, name, place: (file, line), sqlite: OnceLock::new(), wide: [const { OnceLock::new() }; WIDEST] }
    }

    /// Does it change rows? `RETURNING` answers like a question.
    pub(super) fn changes(&self) -> bool {
        !self.text.trim_start().starts_with("SELECT") && !self.text.trim_start().starts_with("WITH")
    }

    /// The statement for two to the power of so many rows: its `VALUES (…)` or its `IN ($2)` as many times.
    /// SQLite's text and PostgreSQL's.
    pub(super) fn texts(&self, power: usize) -> (&str, &str) {
        let Some(wide) = power.checked_sub(1).and_then(|at| self.wide.get(at)) else {
            return (self.sqlite(), self.text);
        };
        let wide = wide.get_or_init(|| {
            let postgres = widened(self.text, 1 << power);
            Wide { sqlite: numbered(&postgres).into_owned(), postgres }
        });
        (&wide.sqlite, &wide.postgres)
    }

    /// The text as written.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    pub(super) fn sqlite(&self) -> &str {
        self.sqlite.get_or_init(|| numbered(self.text).into_owned())
    }
}

/// `$n` is a *named* parameter in SQLite, numbered by first use; `?n` is what we mean.
pub(super) fn numbered(text: &str) -> Cow<'_, str> {
    if !text.contains('$') {
        return Cow::Borrowed(text);
    }
    let mut quoted = false;
    Cow::Owned(
        text.chars()
            .map(|c| {
                quoted ^= c == '\'';
                if c == '$' && !quoted { '?' } else { c }
            })
            .collect(),
    )
}

/// Repeats what stands for one row; its parameters are numbered on, but for the office.
fn widened(text: &str, rows: usize) -> String {
    let one = text.find("VALUES (").map(|at| at + "VALUES ".len()).and_then(|from| {
        let until = from + text[from..].find(')')? + 1;
        Some((from, until))
    });
    let one = one.or_else(|| text.find("IN ($2)").map(|at| (at + "IN (".len(), at + "IN ($2".len())));
    let Some((from, until)) = one else { return text.to_owned() };
    let pieces: Vec<&str> = text[from..until].split('$').collect();
    let number = |piece: &str| piece.chars().take_while(char::is_ascii_digit).collect::<String>();
    let width = pieces[1..].iter().filter(|piece| number(piece) != "1").count();
    let row = |at: usize| {
        let mut row = pieces[0].to_owned();
        for piece in &pieces[1..] {
            let old = number(piece);
            let new = old.parse().map_or(0, |n: usize| if n > 1 { n + at * width } else { n });
            row.push_str(&format!("${new}{}", &piece[old.len()..]));
        }
        row
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{}{}{}", &text[..from], rows.join(", "), &text[until..])
}

/// Declares statements, and `REGISTER`, the list of them that [`crate::statements`] collects:
/// `statement! { NAME = "SELECT …"; }`.
#[macro_export]
macro_rules! statement {
    ($($(#[$doc:meta])* $vis:vis $name:ident = $text:expr;)*) => {
        $($(#[$doc])* $vis static $name: $crate::db::Sql =
            $crate::db::Sql::new(stringify!($name), $text, file!(), line!());)*
        pub(crate) const REGISTER: &[&$crate::db::Sql] = &[$(&$name),*];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_for_many_rows_counts_on() {
        for (text, wide) in [
            (
                "INSERT INTO t (a, b, c) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                "INSERT INTO t (a, b, c) VALUES ($1, $2, $3), ($1, $4, $5) ON CONFLICT DO NOTHING",
            ),
            (
                "SELECT b FROM t WHERE a = $1 AND b IN ($2) ORDER BY b",
                "SELECT b FROM t WHERE a = $1 AND b IN ($2, $3) ORDER BY b",
            ),
            ("INSERT INTO t (a, b) VALUES ($1, 0, $2)", "INSERT INTO t (a, b) VALUES ($1, 0, $2), ($1, 0, $3)"),
        ] {
            assert_eq!(widened(text, 2), wide);
            assert_eq!(widened(text, 1), text);
        }
    }
}
