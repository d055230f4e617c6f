// SPDX-License-Identifier: EUPL-1.2
//! The first few of very many, without putting the others in order.

/// A hit on its way: its rank, its place among the names, its slot.
pub(super) type Ranked = (i64, u64, u32);

/// More rank is earlier, then the names decide.
fn order(a: &Ranked, b: &Ranked) -> std::cmp::Ordering {
    b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1))
}

/// Keeps the first so many.
pub(super) struct Top {
    wanted: usize,
    kept: Vec<Ranked>,
    /// The last that could still come in.
    last: Option<Ranked>,
}

impl Top {
    pub fn of(wanted: usize) -> Self {
        Self { wanted: wanted.max(1), kept: Vec::new(), last: None }
    }

    /// One more.
    pub fn offer(&mut self, one: Ranked) {
        if self.last.is_some_and(|last| order(&one, &last).is_ge()) {
            return;
        }
        self.kept.push(one);
        if self.kept.len() >= self.wanted * 4 {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.kept.len() > self.wanted {
            self.kept.select_nth_unstable_by(self.wanted - 1, order);
            self.kept.truncate(self.wanted);
        }
        if self.kept.len() == self.wanted {
            self.last = self.kept.iter().copied().max_by(order);
        }
    }

    /// All that were kept, in order.
    pub fn done(mut self) -> Vec<Ranked> {
        self.cut();
        self.kept.sort_unstable_by(order);
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_those_of_a_whole_sort() {
        let mut number = 7_u64;
        let mut next = |below: u64| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (number >> 33) % below
        };
        for (count, wanted) in [(0, 3), (2, 3), (21, 21), (500, 1), (500, 21), (5_000, 21)] {
            let mut all: Vec<Ranked> = (0..count)
                .map(|slot| (i64::try_from(next(9)).unwrap(), next(u64::MAX >> 33) << 20 | u64::from(slot), slot))
                .collect();
            let mut top = Top::of(wanted);
            all.iter().for_each(|one| top.offer(*one));
            all.sort_by(order);
            all.truncate(wanted);
            assert_eq!(top.done(), all);
        }
    }
}
