// SPDX-License-Identifier: EUPL-1.2
//! A genogram as SVG with the usual symbols. Where everybody stands is decided in the domain; here it is drawn.

use crate::kit::{filters, t};
use askama::Template;
use askama::filters::HtmlSafe;
use domain::casework::genogram::{ChildBond, Descent, Genogram, GenogramLayout, Kin, Union, UnionKind, lay_out};
use domain::casework::network::Symbol;

/// Half the size of a symbol.
const HALF: i64 = 22;
/// How far a couple's line hangs below the symbols, and how much lower the next one.
const HANGS: i64 = 46;
const LOWER: i64 = 9;
/// Letters of a name that fit.
const LETTERS: usize = 15;

/// A line as drawn.
struct Stroke {
    d: String,
    class: &'static str,
}

/// Somebody as drawn.
struct Figure {
    path: String,
    label: String,
    name: String,
    years: String,
    shapes: Vec<String>,
    cross: Option<String>,
    question: bool,
    x: i64,
    y: i64,
}

impl Figure {
    const fn name_y(&self) -> i64 {
        self.y + HALF + 15
    }
    const fn years_y(&self) -> i64 {
        self.y - HALF - 7
    }
    const fn sign_y(&self) -> i64 {
        self.y + 5
    }
}

/// The dashed line around a household.
struct Around {
    label: String,
    x: i64,
    y: i64,
    width: i64,
    height: i64,
}

impl Around {
    const fn label_x(&self) -> i64 {
        self.x + 8
    }
    const fn label_y(&self) -> i64 {
        self.y + self.height - 6
    }
}

/// The picture.
#[derive(Template)]
#[template(path = "casework/genogram_picture.html")]
pub struct GenogramPicture {
    width: i64,
    height: i64,
    strokes: Vec<Stroke>,
    figures: Vec<Figure>,
    around: Vec<Around>,
}

impl HtmlSafe for GenogramPicture {}

struct Drawing<'a> {
    drawn: &'a Genogram,
    laid: &'a GenogramLayout,
}

impl Drawing<'_> {
    fn at(&self, id: u32) -> Option<(i64, i64)> {
        let place = self.drawn.people.iter().position(|kin| kin.id == id)?;
        self.laid.places.get(place).copied()
    }

    /// How low the line of two people hangs: couples that share somebody hang one below the other.
    fn depth(&self, a: u32, b: u32) -> i64 {
        let shares = |union: &&Union| [union.a, union.b].iter().any(|id| *id == a || *id == b);
        let before =
            self.drawn.unions.iter().filter(shares).take_while(|union| (union.a, union.b) != (a.min(b), a.max(b)));
        HANGS + LOWER * i64::try_from(before.count()).unwrap_or_default()
    }

    /// The lowest point of two people's line, in its middle.
    fn middle(&self, a: u32, b: u32) -> Option<(i64, i64)> {
        let ((ax, ay), (bx, by)) = (self.at(a)?, self.at(b)?);
        Some(((ax + bx) / 2, ay.max(by) + self.depth(a, b)))
    }

    fn hanging(&self, a: u32, b: u32) -> Option<String> {
        let ((ax, ay), (bx, by), (_, low)) = (self.at(a)?, self.at(b)?, self.middle(a, b)?);
        Some(format!("M{ax} {}V{low}H{bx}V{}", ay + HALF, by + HALF))
    }

    fn couple(&self, union: &Union) -> Vec<Stroke> {
        let class = if union.kind == UnionKind::Partnership { "line-ink line-dashed" } else { "line-ink" };
        let line = self.hanging(union.a, union.b).map(|d| Stroke { d, class });
        let slashes = match union.kind {
            UnionKind::Separated => &[0][..],
            UnionKind::Divorced => &[-4, 4],
            _ => &[],
        };
        let slash = |(x, y): (i64, i64), aside: i64| Stroke {
            d: format!("M{} {}L{} {}", x + aside - 14, y + 9, x + aside - 4, y - 9),
            class: "line-ink",
        };
        let middle = self.middle(union.a, union.b);
        let slashes = middle.into_iter().flat_map(|at| slashes.iter().map(move |aside| slash(at, *aside)));
        line.into_iter().chain(slashes).collect()
    }

    /// From the parents down to the child: solid, dashed for foster care, both beside each other for adoption.
    fn child(&self, one: &Descent) -> Vec<Stroke> {
        let Some((x, y)) = self.at(one.child) else { return Vec::new() };
        let from = match one.other {
            Some(other) => self.middle(one.parent, other),
            None => self.at(one.parent).map(|(x, y)| (x, y + HALF + 22)),
        };
        let Some((px, py)) = from else { return Vec::new() };
        // One line of brothers and sisters for each pair of parents, at a height of its own.
        let bar = (y - HALF - 30).max(py + 6);
        let down = |aside: i64| format!("M{px} {py}V{bar}H{}V{}", x + aside, y - HALF);
        let solid = |aside| Stroke { d: down(aside), class: "line-ink" };
        let dashed = |aside| Stroke { d: down(aside), class: "line-ink line-dashed" };
        let mut strokes = match one.bond {
            ChildBond::Birth => vec![solid(0)],
            ChildBond::Foster => vec![dashed(5)],
            ChildBond::Adopted => vec![solid(-3), dashed(3)],
        };
        let known = |other: u32| {
            self.drawn.unions.iter().any(|union| [union.a, union.b] == [one.parent.min(other), one.parent.max(other)])
        };
        if let Some(other) = one.other.filter(|other| !known(*other)) {
            // Parents who are no couple: a thin line only joins them for their child's sake.
            strokes.extend(self.hanging(one.parent, other).map(|d| Stroke { d, class: "line-grey line-dashed" }));
        }
        strokes
    }

    fn figure(&self, kin: &Kin, path: &str) -> Option<Figure> {
        let (x, y) = self.at(kin.id)?;
        let mut shapes = vec![shape(kin.symbol, (x, y), HALF)];
        if kin.index {
            shapes.push(shape(kin.symbol, (x, y), HALF - 5));
        }
        let year = |sign: char, year: Option<i16>| year.map(|year| format!("{sign}{year}"));
        let years: Vec<String> = year('*', kin.born).into_iter().chain(year('†', kin.died)).collect();
        let cross = format!(
            "M{} {}L{} {}M{} {}L{} {}",
            x - HALF,
            y - HALF,
            x + HALF,
            y + HALF,
            x + HALF,
            y - HALF,
            x - HALF,
            y + HALF
        );
        Some(Figure {
            path: format!("{path}?mensch={}#mensch", kin.id),
            label: label(kin),
            name: short(kin.name.as_str()),
            years: years.join(" "),
            shapes,
            cross: kin.deceased.then_some(cross),
            question: kin.symbol == Symbol::Unknown && !kin.deceased,
            x,
            y,
        })
    }
}

fn short(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    name.chars().take(LETTERS - 1).chain(['…']).collect()
}

fn label(kin: &Kin) -> String {
    let mut parts = vec![kin.name.as_str().to_owned(), t(&format!("kin-symbol-{}", kin.symbol.code()))];
    let flags = [("index", kin.index), ("deceased", kin.deceased)];
    parts.extend(flags.iter().filter(|(_, is_so)| *is_so).map(|(flag, _)| t(&format!("kin-flag-{flag}"))));
    parts.join(", ")
}

/// Square, circle, diamond; a diamond with a question mark where nothing was said.
fn shape(symbol: Symbol, (x, y): (i64, i64), half: i64) -> String {
    match symbol {
        Symbol::Male => format!("M{} {}h{}v{}h-{}Z", x - half, y - half, 2 * half, 2 * half, 2 * half),
        Symbol::Female => {
            format!("M{} {y}a{half} {half} 0 1 0 {} 0a{half} {half} 0 1 0 -{} 0Z", x - half, 2 * half, 2 * half)
        }
        _ => format!("M{x} {}L{} {y}L{x} {}L{} {y}Z", y - half, x + half, y + half, x - half),
    }
}

impl GenogramPicture {
    /// Draws a genogram; `path` is the page on which somebody can be edited.
    pub fn new(drawn: &Genogram, path: &str) -> Self {
        let laid = lay_out(drawn);
        let drawing = Drawing { drawn, laid: &laid };
        let household = |one: &domain::casework::genogram::Household| {
            let (left, top, right, bottom) = one.outline?;
            let label = crate::kit::t_with("kin-household-n", &[("x", &one.number.to_string())]);
            Some(Around { label, x: left, y: top, width: right - left, height: bottom - top })
        };
        let couples = drawn.unions.iter().flat_map(|union| drawing.couple(union));
        let strokes = couples.chain(drawn.descents.iter().flat_map(|one| drawing.child(one))).collect();
        Self {
            strokes,
            figures: drawn.people.iter().filter_map(|kin| drawing.figure(kin, path)).collect(),
            around: laid.households.iter().filter_map(household).collect(),
            width: laid.width,
            height: laid.height,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::kernel::Line;

    fn kin(id: u32, symbol: Symbol) -> Kin {
        let name = Line::parse("Ayşe <b>").unwrap();
        Kin {
            id,
            person: None,
            name,
            symbol,
            born: Some(1990),
            died: None,
            deceased: id == 2,
            index: id == 3,
            household: Some(1),
        }
    }

    #[test]
    fn every_symbol_and_line_is_drawn() {
        let symbols = [Symbol::Female, Symbol::Male, Symbol::Diverse, Symbol::Unknown];
        let drawn = Genogram {
            people: (1..).zip(symbols).map(|(id, symbol)| kin(id, symbol)).collect(),
            unions: vec![Union { id: 1, a: 1, b: 2, kind: UnionKind::Divorced }],
            descents: vec![
                Descent { child: 3, parent: 1, other: Some(2), bond: ChildBond::Adopted },
                Descent { child: 4, parent: 1, other: None, bond: ChildBond::Foster },
            ],
        };
        let picture = GenogramPicture::new(&drawn, "/x");
        // The couple's line, two slashes, two lines of adoption, one of foster care.
        assert_eq!(picture.strokes.len(), 6);
        assert_eq!(picture.figures.iter().map(|figure| figure.shapes.len()).collect::<Vec<_>>(), [1, 1, 2, 1]);
        assert!(picture.figures[1].cross.is_some() && picture.figures[3].question);
        assert_eq!(picture.around.len(), 1);
        let svg = picture.render().unwrap();
        assert!(svg.contains("Ayşe &#60;b&#62;") && !svg.contains("<b>"), "{svg}");
    }
}
