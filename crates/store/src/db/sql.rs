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
}

impl Sql {
    /// Use [`crate::statement!`].
    #[must_use]
    pub const fn new(name: &'static str, text: &'static str, file: &'static str, line: u32) -> Self {
        Self { text, name, place: (file, line), sqlite: OnceLock::new() }
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
