// SPDX-License-Identifier: EUPL-1.2
//! Chance that is the same every time: splitmix64 with a fixed seed.

/// A source of numbers. Each story has its own, so that one more story changes no other.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The town's own seed.
    const SEED: u64 = 0x5052_4158_4953_2026;

    /// The source of this name.
    pub fn of(number: usize) -> Self {
        let mut chance = Self(Self::SEED ^ (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to, not including, `end`; 0 if there is nothing to choose from.
    pub fn below(&mut self, end: usize) -> usize {
        let drawn = self.next() % (end.max(1) as u64);
        usize::try_from(drawn).unwrap_or_default()
    }

    /// From `first` to `last`, both included.
    pub fn between(&mut self, first: i32, last: i32) -> i32 {
        let width = usize::try_from(last - first).unwrap_or_default() + 1;
        first + i32::try_from(self.below(width)).unwrap_or_default()
    }

    /// So many times out of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// Some different ones, in chance order.
    pub fn some<T: Clone>(&mut self, all: &[T], count: usize) -> Vec<T> {
        let mut rest = all.to_vec();
        let mut some = Vec::with_capacity(count);
        while some.len() < count && !rest.is_empty() {
            some.push(rest.swap_remove(self.below(rest.len())));
        }
        some
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        let draw = || {
            let mut chance = Chance::of(7);
            (0..5).map(|_| chance.between(-3, 3)).collect::<Vec<_>>()
        };
        assert_eq!(draw(), draw());
        assert!(draw().iter().all(|number| (-3..=3).contains(number)));
        let mut chance = Chance::of(1);
        assert_eq!((chance.below(0), chance.pick::<u8>(&[])), (0, None));
    }
}
