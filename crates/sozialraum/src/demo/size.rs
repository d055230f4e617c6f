// SPDX-License-Identifier: EUPL-1.2
//! How large a town is.

use crate::serve::CitySize;

/// How many of everything.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub regions: usize,
    /// Spaces in a region.
    pub quarters: usize,
    /// ASD workers in a team.
    pub workers: usize,
    pub duty: usize,
    pub finance: usize,
    pub planners: usize,
    pub committee: usize,
    pub agencies: usize,
    /// Agencies with a worker besides their lead.
    pub agency_workers: usize,
    /// Agencies with seats in teams.
    pub seats: usize,
    /// Of them, how many sit in each team.
    pub seats_in_team: usize,
    pub cases: usize,
    pub cards: usize,
}

impl From<CitySize> for Size {
    fn from(size: CitySize) -> Self {
        let town = Self {
            regions: 2,
            quarters: 2,
            workers: 3,
            duty: 2,
            finance: 2,
            planners: 1,
            committee: 3,
            agencies: 6,
            agency_workers: 4,
            seats: 4,
            seats_in_team: 2,
            cases: 400,
            cards: 152,
        };
        match size {
            CitySize::Town => town,
            CitySize::City => Self {
                regions: 10,
                quarters: 10,
                workers: 8,
                duty: 10,
                finance: 20,
                planners: 6,
                committee: 22,
                agencies: 48,
                agency_workers: 40,
                seats: 32,
                cases: 10_000,
                cards: 3_800,
                ..town
            },
        }
    }
}
