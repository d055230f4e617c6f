// SPDX-License-Identifier: EUPL-1.2
//! `x von y` on the error stream: one line that changes on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal, Write, stderr};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Tells progress, but not more often than people can read.
pub fn teller(what: &'static str) -> app::territory::Progress {
    let terminal = stderr().is_terminal();
    let pause = if terminal { Duration::from_millis(100) } else { Duration::from_secs(2) };
    let last: Mutex<Option<Instant>> = Mutex::new(None);
    app::territory::Progress::new(move |done, all| {
        let Ok(mut last) = last.lock() else { return };
        if done < all && last.is_some_and(|last| last.elapsed() < pause) {
            return;
        }
        *last = Some(Instant::now());
        let (start, end) = if terminal { ("\r", if done == all { "\n" } else { "" }) } else { ("", "\n") };
        let text = format!("{start}{what}: {} von {}{end}", grouped(done), grouped(all));
        // Nobody reading along is no reason to stop.
        drop(stderr().write_all(text.as_bytes()));
    })
}

/// `200.000`, as Germans write it.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_have_dots() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1.000"), (200_000, "200.000"), (1_234_567, "1.234.567")]
        {
            assert_eq!(grouped(number), text);
        }
    }
}
