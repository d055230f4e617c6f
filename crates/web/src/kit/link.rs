// SPDX-License-Identifier: EUPL-1.2
//! Addresses of pages with a query.

/// `/pfad?a=1&b=2`, without the pairs that have nothing in them.
#[must_use]
pub fn link(path: &str, pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = pairs.iter().filter(|(_, value)| !value.is_empty()).collect();
    match serde_html_form::to_string(pairs) {
        Ok(query) if !query.is_empty() => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn queries_are_escaped_and_short() {
        assert_eq!(link("/a", &[("q", ""), ("r", "")]), "/a");
        assert_eq!(link("/a", &[("q", "Süd & Ost"), ("r", "")]), "/a?q=S%C3%BCd+%26+Ost");
    }
}
