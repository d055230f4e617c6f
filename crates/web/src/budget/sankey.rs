// SPDX-License-Identifier: EUPL-1.2
//! How the money flows: from the plan through kinds and regions to what is committed, drawn and free, as SVG. Whole
//! numbers throughout; the table beside it has the same ones, and each leads to its entries.

use crate::kit::{link, t};
use app::budget::Overview;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::budget::MoneyKind;
use domain::kernel::{Balance, RegionId};

const WIDTH: i128 = 960;
const HEIGHT: i128 = 400;
const TOP: i128 = 20;
/// Where the columns begin, and how wide a node is.
const COLUMNS: [i128; 4] = [0, 230, 480, 740];
const NODE: i128 = 14;
const GAP: i128 = 16;
/// Room for the two lines of a label beside a thin node.
const LABEL: i128 = 32;
/// A flow is never so thin that it cannot be seen.
const THINNEST: i128 = 1;

/// What money flows through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Source(&'static str),
    Kind(MoneyKind),
    Region(RegionId),
    End(&'static str),
}

impl Key {
    const fn column(self) -> usize {
        match self {
            Self::Source(_) => 0,
            Self::Kind(_) => 1,
            Self::Region(_) => 2,
            Self::End(_) => 3,
        }
    }

    /// For programs.
    fn code(self) -> String {
        match self {
            Self::Source(code) | Self::End(code) => code.split_once('-').map_or(code, |(_, code)| code).to_owned(),
            Self::Kind(kind) => kind.code().to_owned(),
            Self::Region(id) => id.to_string(),
        }
    }
}

/// A node as drawn.
#[derive(Debug, Clone)]
pub struct Node {
    key: Key,
    label: String,
    amount: String,
    path: String,
    x: i128,
    y: i128,
    height: i128,
}

impl Node {
    const fn text_x(&self) -> i128 {
        self.x + NODE + 6
    }
    const fn text_y(&self) -> i128 {
        self.y + 12
    }
    const fn amount_y(&self) -> i128 {
        self.y + 26
    }
}

/// A flow between two nodes.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Name of where it comes from.
    pub source: String,
    /// Name of where it goes.
    pub target: String,
    /// How much.
    pub amount: String,
    /// Its entries.
    pub path: String,
    d: String,
}

/// The picture.
#[derive(Debug, Clone, Template)]
#[template(path = "budget/sankey.html")]
pub struct Sankey {
    title: String,
    nodes: Vec<Node>,
    /// What the table shows.
    pub flows: Vec<Flow>,
}

impl HtmlSafe for Sankey {}

struct Names<'a>(&'a Overview);

impl Names<'_> {
    fn label(&self, key: Key) -> String {
        match key {
            Key::Source(code) | Key::End(code) => t(code),
            Key::Kind(kind) => t(&format!("money-{}", kind.code())),
            Key::Region(id) => {
                self.0.regions.iter().find(|(one, _)| *one == id).map(|(_, name)| name.clone()).unwrap_or_default()
            }
        }
    }

    /// The book that a flow is read from.
    fn path(&self, (from, to): (Key, Key)) -> String {
        let keys = [from, to];
        let region = keys.iter().find_map(|key| if let Key::Region(id) = key { Some(id.to_string()) } else { None });
        let kind = keys.iter().find_map(|key| if let Key::Kind(kind) = key { Some(kind.code()) } else { None });
        let account = match to {
            Key::End("budget-committed") => "committed",
            Key::End("budget-drawn") => "drawn",
            Key::End("budget-free") => "available",
            _ => "",
        };
        let (year, day) = (self.0.year.to_string(), self.0.on.to_string());
        let account = if self.0.may_see_bookings { account } else { "" };
        let pairs =
            [("region", region.as_deref().unwrap_or_default()), ("jahr", &year), ("mittel", kind.unwrap_or_default())];
        link("/budget", &[pairs.as_slice(), &[("konto", account), ("stichtag", &day)]].concat())
    }
}

/// A flow as numbers: two names and their codes, how much.
pub(crate) struct Line {
    pub(crate) from: (String, String),
    pub(crate) to: (String, String),
    pub(crate) cents: i64,
}

/// What the picture is drawn from.
pub(crate) fn lines(shown: &Overview) -> Vec<Line> {
    let names = Names(shown);
    let end = |key: Key| (key.code(), names.label(key));
    flows(shown).into_iter().map(|(from, to, cents)| Line { from: end(from), to: end(to), cents }).collect()
}

/// From where to where, in cents.
fn flows(shown: &Overview) -> Vec<(Key, Key, i64)> {
    let mut out: Vec<(Key, Key, i64)> = Vec::new();
    let mut add = |from, to, sum: Balance| match out.iter_mut().find(|(a, b, _)| (*a, *b) == (from, to)) {
        _ if sum <= Balance::ZERO => {}
        Some((_, _, cents)) => *cents += sum.cents(),
        None => out.push((from, to, sum.cents())),
    };
    for kind in MoneyKind::ALL {
        let (mut planned, mut later) = (Balance::ZERO, Balance::ZERO);
        for pot in shown.pots.iter().filter(|pot| pot.kind == *kind) {
            planned = planned + pot.book.planned - pot.book.top_sliced;
            later = later + pot.book.available() - pot.book.planned + pot.book.top_sliced;
        }
        let key = Key::Kind(*kind);
        add(Key::Source("budget-planned"), key, planned);
        add(Key::Source("flow-later"), key, later);
        add(key, Key::End("flow-away"), Balance::ZERO - later);
    }
    for pot in &shown.pots {
        let (kind, region, book) = (Key::Kind(pot.kind), Key::Region(pot.region), &pot.book);
        add(kind, region, book.available());
        if pot.hidden {
            add(region, Key::End("flow-hidden"), book.available());
            continue;
        }
        add(Key::Source("flow-over-plan"), region, Balance::ZERO - book.free());
        add(region, Key::End("budget-committed"), book.bound + book.advanced);
        add(region, Key::End("budget-drawn"), book.drawn);
        add(region, Key::End("budget-free"), book.free());
    }
    out.sort_by_key(|(from, _, _)| from.column());
    out
}

/// Values to heights: the fullest column fills the picture.
fn scaled(cents: i64, most: i64, room: i128) -> i128 {
    (i128::from(cents) * room / i128::from(most.max(1))).max(THINNEST)
}

impl Sankey {
    /// Draws an overview.
    #[must_use]
    pub fn new(shown: &Overview, title: String) -> Self {
        let (names, flows) = (Names(shown), flows(shown));
        let mut keys: Vec<Key> = Vec::new();
        for key in flows.iter().flat_map(|(from, to, _)| [*from, *to]) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        let size = |key: Key| {
            let sum =
                |of: fn(&(Key, Key, i64)) -> Key| flows.iter().filter(|one| of(one) == key).map(|one| one.2).sum();
            let (out, into): (i64, i64) = (sum(|one| one.0), sum(|one| one.1));
            out.max(into)
        };
        let column = |at: usize| keys.iter().copied().filter(move |key| key.column() == at);
        let most = (0..COLUMNS.len()).map(|at| column(at).map(size).sum()).max().unwrap_or(1);
        let fullest = (0..COLUMNS.len()).map(|at| column(at).count()).max().unwrap_or_default();
        let room = HEIGHT - TOP * 2 - (GAP + LABEL / 2) * i128::try_from(fullest).unwrap_or_default();
        let mut nodes = Vec::new();
        for (at, x) in COLUMNS.iter().enumerate() {
            let mut y = TOP;
            for key in column(at) {
                let height = scaled(size(key), most, room.max(HEIGHT / 4));
                let amount = Balance::from_cents(size(key)).german();
                nodes.push(Node {
                    key,
                    label: names.label(key),
                    amount,
                    path: names.path((key, key)),
                    x: *x,
                    y,
                    height,
                });
                y += height.max(LABEL) + GAP;
            }
        }
        let flows = drawn(&names, &flows, &nodes, |cents| scaled(cents, most, room.max(HEIGHT / 4)));
        Self { title, nodes, flows }
    }

    fn height(&self) -> i128 {
        self.nodes.iter().map(|node| node.y + node.height.max(LABEL)).max().unwrap_or(HEIGHT).max(HEIGHT) + TOP
    }
}

/// Bands from node to node, stacked in their order.
fn drawn(names: &Names<'_>, flows: &[(Key, Key, i64)], nodes: &[Node], thick: impl Fn(i64) -> i128) -> Vec<Flow> {
    let mut used: Vec<(i128, i128)> = vec![(0, 0); nodes.len()];
    let mut out = Vec::new();
    for (from, to, cents) in flows {
        let place = |key: &Key| nodes.iter().position(|node| node.key == *key);
        let (Some(a), Some(b)) = (place(from), place(to)) else { continue };
        let wide = thick(*cents);
        let (x1, x2) = (nodes[a].x + NODE, nodes[b].x);
        let (y1, y2) = (nodes[a].y + used[a].0, nodes[b].y + used[b].1);
        used[a].0 += wide;
        used[b].1 += wide;
        let middle = i128::midpoint(x1, x2);
        let (low1, low2) = (y1 + wide, y2 + wide);
        out.push(Flow {
            source: names.label(*from),
            target: names.label(*to),
            amount: Balance::from_cents(*cents).german(),
            path: names.path((*from, *to)),
            d: format!(
                "M{x1},{y1}C{middle},{y1} {middle},{y2} {x2},{y2}V{low2}C{middle},{low2} {middle},{low1} {x1},{low1}Z"
            ),
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use app::budget::PotView;
    use domain::budget::{Book, YearState};
    use domain::kernel::Day;
    use uuid::Uuid;

    fn euros(euros: i64) -> Balance {
        Balance::from_cents(euros * 100)
    }

    fn pot(region: u128, kind: MoneyKind, book: Book, hidden: bool) -> PotView {
        let region = RegionId(Uuid::from_u128(region));
        let on = Day::parse("2026-11-20").unwrap();
        PotView { region, region_name: String::new(), kind, book, hidden, on, over_plan: Default::default() }
    }

    fn shown(pots: Vec<PotView>) -> Overview {
        let region = |n| (RegionId(Uuid::from_u128(n)), format!("Region {n}"));
        Overview {
            year: 2026,
            state: YearState::Open,
            on: Day::parse("2026-11-20").unwrap(),
            regions: vec![region(1), region(2)],
            pots,
            may_see_bookings: true,
            whole: true,
        }
    }

    fn town() -> Overview {
        let book = Book {
            planned: euros(1000),
            top_sliced: euros(100),
            bound: euros(500),
            drawn: euros(600),
            ..Book::default()
        };
        let reserve = Book { top_sliced: euros(-100), ..Book::default() };
        let other = Book { planned: euros(400), topped_up: euros(50), bound: euros(100), ..Book::default() };
        use MoneyKind as M;
        shown(vec![
            pot(1, M::IndividualClaim, book, false),
            pot(1, M::TopSlice, reserve, false),
            pot(2, M::IndividualClaim, other, false),
        ])
    }

    #[test]
    fn what_comes_in_goes_out_at_every_node() {
        let flows = flows(&town());
        for key in flows.iter().flat_map(|(from, to, _)| [*from, *to]).filter(|key| matches!(key.column(), 1 | 2)) {
            let out: i64 = flows.iter().filter(|one| one.0 == key).map(|one| one.2).sum();
            let into: i64 = flows.iter().filter(|one| one.1 == key).map(|one| one.2).sum();
            assert_eq!(out, into, "{key:?}");
        }
        let ends: i64 = flows.iter().filter(|one| one.1.column() == 3).map(|one| one.2).sum();
        // 1.400 planned, 50 found later, 200 over plan.
        assert_eq!(ends, 165_000);
    }

    #[test]
    fn the_table_and_the_picture_have_the_same_numbers_and_links() {
        let picture = Sankey::new(&town(), "Geldfluss".into());
        let html = picture.render().unwrap();
        for flow in &picture.flows {
            assert!(html.contains(&flow.amount), "{}", flow.amount);
        }
        assert!(html.contains("<a href=\"/budget?") && !html.contains("style"));
        let drawn = picture.flows.iter().find(|flow| flow.target == t("budget-drawn")).unwrap();
        assert_eq!(drawn.amount, "600,00 €");
        assert!(drawn.path.contains("konto=drawn") && drawn.path.contains("stichtag=2026-11-20"));
        assert!(picture.nodes.iter().all(|node| node.y >= TOP && node.y + node.height <= picture.height()));
        assert!(flows(&town()).iter().all(|(from, to, _)| from.column() < to.column()));
    }

    #[test]
    fn hidden_pots_end_in_one_place_without_their_sums() {
        let book = Book { planned: euros(1000), ..Book::default() };
        let flows = flows(&shown(vec![pot(1, MoneyKind::IndividualClaim, book, true)]));
        assert!(flows.iter().any(|one| one.1 == Key::End("flow-hidden") && one.2 == 100_000));
        assert!(!flows.iter().any(|one| one.1 == Key::End("budget-free")));
        assert_eq!(Sankey::new(&shown(Vec::new()), String::new()).flows.len(), 0);
    }
}
