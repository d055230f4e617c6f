// SPDX-License-Identifier: EUPL-1.2
//! The words of the part of a page that is a paper: everything in the element of class `paper`, without what is for the
//! screen alone. A piece for each paragraph, heading or cell.

const INLINE: &[&str] =
    &["a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"];
const ALONE: &[&str] = &["br", "hr", "img", "input", "link", "meta", "wbr"];
const NOT_PRINTED: &[&str] = &["no-print", "kern-sr-only"];

fn class_of(tag: &str) -> Vec<&str> {
    let class = tag.split_once("class=\"").and_then(|(_, rest)| rest.split_once('"'));
    class.map_or_else(Vec::new, |(class, _)| class.split_whitespace().collect())
}

fn named(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let Some((name, behind)) = after.split_once(';') else { break };
        let sign = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "nbsp" => Some(' '),
            "shy" => Some('\u{ad}'),
            _ => name.strip_prefix('#').and_then(|code| code.parse().ok()).and_then(char::from_u32),
        };
        out.push(sign.unwrap_or_else(|| panic!("&{name}; means nothing to this test")));
        rest = behind;
    }
    out + rest
}

/// The pieces of the paper on a page; nothing, if there is no paper on it.
#[must_use]
pub fn pieces(html: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    // The elements one is in: how far inside the paper, how far inside of what is not printed.
    let (mut inside, mut hidden) = (0_u32, 0_u32);
    for part in html.split('<').skip(1) {
        let Some((tag, text)) = part.split_once('>') else { continue };
        let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.starts_with('!') {
            continue;
        }
        let (closes, alone) = (tag.starts_with('/'), ALONE.contains(&name) || tag.ends_with('/'));
        if !INLINE.contains(&name) {
            pieces.push(String::new());
        }
        if closes {
            inside = inside.saturating_sub(1);
            hidden = hidden.saturating_sub(1);
        } else if !alone {
            let class = class_of(tag);
            inside += u32::from(inside > 0 || class.contains(&"paper"));
            hidden += u32::from(hidden > 0 || class.iter().any(|one| NOT_PRINTED.contains(one)));
        }
        if inside > 0 && hidden == 0 {
            pieces.last_mut().unwrap().push_str(&named(text));
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}
