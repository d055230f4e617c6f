// SPDX-License-Identifier: EUPL-1.2
//! Counting tests from what the test programs say.

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
}

impl Tally {
    /// Adds up every summary line of nextest, of `cargo test` and of our own browser tests.
    ///
    /// nextest shows what a failed test wrote, with the summary of its own little `cargo test`: where nextest
    /// counts, only nextest counts.
    pub fn of(lines: &[String]) -> Self {
        let lines: Vec<String> = lines.iter().map(|line| plain(line).trim().to_owned()).collect();
        let nextest = lines.iter().any(|line| by_nextest(line));
        lines
            .iter()
            .filter(|line| !nextest || by_nextest(line))
            .map(|line| Self::of_line(line))
            .fold(Self::default(), Self::plus)
    }

    pub fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    fn of_line(line: &str) -> Self {
        let own = line.ends_with(" failed") && line.split_whitespace().count() == 4;
        if !own && !line.starts_with("test result:") && !by_nextest(line) {
            return Self::default();
        }
        // "3 tests run: 2 passed (1 slow), 1 failed, 1 timed out, 0 skipped" and its likes.
        let failed = ["failed", "timed out", "exec failed"].iter().map(|word| before(line, word)).sum();
        Self { passed: before(line, "passed"), failed }
    }
}

fn by_nextest(line: &str) -> bool {
    line.starts_with("Summary [") && line.contains(" run: ")
}

/// The number written before a word in a list of counts, or nought.
fn before(line: &str, word: &str) -> u64 {
    line.split([',', ';', ':', '.', '('])
        .filter_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u64>().ok())
        .sum()
}

/// A line without the colours a terminal would get.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, passed: u64, failed: u64) {
        assert_eq!(Tally::of(&[line.to_owned()]), Tally { passed, failed }, "{line}");
    }

    #[test]
    fn reads_every_kind_of_summary() {
        check("     Summary [   0.016s] 4 tests run: 4 passed, 0 skipped", 4, 0);
        check("     Summary [   1.0s] 1 test run: 1 passed, 0 skipped", 1, 0);
        check("     Summary [ 5.2s] 7/9 tests run: 4 passed (1 slow), 2 failed, 1 timed out, 2 skipped", 4, 3);
        check(
            "\u{1b}[32m     Summary\u{1b}[0m [ 0.1s] \u{1b}[1m3\u{1b}[0m tests run: \u{1b}[1m3\u{1b}[0m passed, 0 skipped",
            3,
            0,
        );
        check("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s", 3, 0);
        check("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out", 3, 2);
        check("12 passed, 1 failed", 12, 1);
    }

    #[test]
    fn what_a_failed_test_wrote_is_not_counted_again() {
        let lines = [
            "test result: FAILED. 0 passed; 1 failed; 0 ignored",
            "Summary [ 1s] 5 tests run: 4 passed, 1 failed, 0 skipped",
        ];
        assert_eq!(Tally::of(&lines.map(str::to_owned)), Tally { passed: 4, failed: 1 });
    }

    #[test]
    fn other_lines_count_nothing() {
        check("test story::nobody passed ... ok", 0, 0);
        check("the two of them failed", 0, 0);
        check("running 3 tests", 0, 0);
    }
}
