// SPDX-License-Identifier: EUPL-1.2
//! The section of the page.

use super::{Sized, Spread};
use crate::table::{mebibytes, millis};

fn cells(spread: &Spread) -> String {
    format!("{} | {} | {}", millis(spread.p50), millis(spread.p95), millis(spread.p99))
}

/// What was measured, as Markdown.
pub fn page(sizes: &[Sized]) -> String {
    let mut text = String::from(
        "\n## Cards: search, list, map, adding\n\nInvented cards that vary the judged ones, asked the judged texts (slips and compounds \
         among them) by a professional of one team: the same answer from all: the first 20 cards with all that stands on them (the engines alone \
         hand back the stored fields of each), and the number of all hits. Ours takes rights as of today and the words by which each \
         shown card was found in, and asks the store each time whether anything changed; the engines alone have the same cards, the same \
         words, the rights and filters as conditions, and nothing around them. All are asked in turn in one process. The goal: p95 \
         below 10 ms for words, space and filter at 10,000 cards, and no slower than 1.5 times the best engine alone. Recall among ten \
         and mean reciprocal rank are of the judged set of 220 queries.\n",
    );
    sizes.iter().for_each(|size| text.push_str(&of_size(size)));
    if let [small, large] = sizes {
        text.push_str(&growth(small, large));
    }
    text
}

fn of_size(size: &Sized) -> String {
    let mut text = format!(
        "\n### {} cards\n\nMade through the use case with 64 clients: {:.0} a second.\n\n\
         | | ready in | keeps | words + space + filter, p50 | p95 | p99 | words alone, p50 | p95 | p99 | adding, p50 | p95 | p99 | recall@10 | MRR |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        size.cards, size.made
    );
    for one in &size.engines {
        let quality = |share: usize| {
            if share == 0 { "–".to_owned() } else { format!("{}.{:03}", share / 1_000, share % 1_000) }
        };
        text.push_str(&format!(
            "| {} | {:.2} s | {} | {} | {} | {} | {} | {} |\n",
            one.name,
            one.ready_in.as_secs_f64(),
            mebibytes(one.keeps),
            cells(&one.narrowed),
            cells(&one.plain),
            cells(&one.added),
            quality(one.quality.0),
            quality(one.quality.1),
        ));
    }
    text.push_str(
        "\n| Of questions to which all have an answer | answered of all | words + space + filter, p50 | p95 | p99 | words alone, p50 | p95 | p99 |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    for one in &size.engines {
        let [narrowed, plain] = one.common.each_ref().map(cells);
        text.push_str(&format!("| {} | {} % | {narrowed} | {plain} |\n", one.name, one.answered / 10));
    }
    let peers = || size.engines.iter().skip(2);
    if let Some(ours) = size.engines.first() {
        let share = |at: usize| {
            let best = peers().map(|one| one.common[at].p95).min().unwrap_or_default();
            ours.common[at].p95.as_secs_f64() / best.as_secs_f64().max(1e-9)
        };
        text.push_str(&format!(
            "\nOurs to the best engine alone, p95 of those: {:.2} × (words, space, filter), {:.2} × (words alone).\n",
            share(0),
            share(1)
        ));
    }
    if let Some(alone) = size.engines.get(1) {
        let best = |at: usize| peers().map(|one| one.common[at].p95).min().unwrap_or_default().as_secs_f64().max(1e-9);
        let share = |at: usize| alone.common[at].p95.as_secs_f64() / best(at);
        text.push_str(&format!("The index alone: {:.2} × and {:.2} ×.\n", share(0), share(1)));
    }
    size.missing.iter().for_each(|line| text.push_str(&format!("\nNot measured: {line}.\n")));
    text.push_str("\n| Ours | p50 | p95 | p99 |\n|---|--:|--:|--:|\n");
    size.more.iter().for_each(|(name, spread)| text.push_str(&format!("| {name} | {} |\n", cells(spread))));
    text + &super::http::page(&size.pages)
}

fn growth(small: &Sized, large: &Sized) -> String {
    let times = large.cards as f64 / small.cards.max(1) as f64;
    let mut text = format!(
        "\n| With {times:.0} times the cards | words + space + filter, p95 | words alone, p95 | adding, p50 | ready in |\n|---|--:|--:|--:|--:|\n"
    );
    for one in &small.engines {
        let Some(other) = large.engines.iter().find(|other| other.name == one.name) else { continue };
        let ratio = |a: std::time::Duration, b: std::time::Duration| b.as_secs_f64() / a.as_secs_f64().max(1e-9);
        text.push_str(&format!(
            "| {} | {:.1} × | {:.1} × | {:.1} × | {:.1} × |\n",
            one.name,
            ratio(one.narrowed.p95, other.narrowed.p95),
            ratio(one.plain.p95, other.plain.p95),
            ratio(one.added.p50, other.added.p50),
            ratio(one.ready_in, other.ready_in)
        ));
    }
    text
}
