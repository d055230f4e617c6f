// SPDX-License-Identifier: EUPL-1.2
//! What floor 2 promises, shown on both engines: every test that touches a database runs on embedded SQLite and
//! on PostgreSQL, each time in a fresh database. Where PostgreSQL is reached says `SOZIALRAUM_TEST_POSTGRES`;
//! without it that half fails, it is never skipped. `cargo xtask test` starts a server and says where it is.

#[cfg(test)]
#[macro_use]
#[path = "store/fresh.rs"]
mod fresh;
#[cfg(test)]
#[path = "store/town.rs"]
mod town;

#[cfg(test)]
#[path = "store/alike.rs"]
mod alike;
#[cfg(test)]
#[path = "store/alike_agreements.rs"]
mod alike_agreements;
#[cfg(test)]
#[path = "store/alike_cards.rs"]
mod alike_cards;
#[cfg(test)]
#[path = "store/alike_ending.rs"]
mod alike_ending;
#[cfg(test)]
#[path = "store/alike_explored.rs"]
mod alike_explored;
#[cfg(test)]
#[path = "store/alike_letters.rs"]
mod alike_letters;
#[cfg(test)]
#[path = "store/alike_match.rs"]
mod alike_match;
#[path = "store/alike_money.rs"]
mod alike_money;
#[cfg(test)]
#[path = "store/alike_people.rs"]
mod alike_people;
#[cfg(test)]
#[path = "store/alike_protection.rs"]
mod alike_protection;
#[cfg(test)]
#[path = "store/alike_quarter.rs"]
mod alike_quarter;
#[cfg(test)]
#[path = "store/alike_talks.rs"]
mod alike_talks;
#[path = "store/alike_team.rs"]
mod alike_team;
#[path = "store/alike_trade.rs"]
mod alike_trade;
#[cfg(test)]
#[path = "store/audit.rs"]
mod audit;
#[cfg(test)]
#[path = "store/drills.rs"]
mod drills;
#[cfg(test)]
#[path = "store/engine.rs"]
mod engine;
#[cfg(test)]
#[path = "store/idempotency.rs"]
mod idempotency;
#[cfg(test)]
#[path = "store/kept.rs"]
mod kept;
#[cfg(test)]
#[path = "store/ledger.rs"]
mod ledger;
#[cfg(test)]
#[path = "store/paths.rs"]
mod paths;
#[cfg(test)]
#[path = "store/plans.rs"]
mod plans;
#[cfg(test)]
#[path = "store/pots.rs"]
mod pots;
#[cfg(test)]
#[path = "store/power.rs"]
mod power;
#[cfg(test)]
#[path = "store/races.rs"]
mod races;
#[cfg(test)]
#[path = "store/schema.rs"]
mod schema;
#[cfg(test)]
#[path = "store/sight.rs"]
mod sight;
#[cfg(test)]
#[path = "store/statements.rs"]
mod statements;
#[cfg(test)]
#[path = "store/together.rs"]
mod together;
#[cfg(test)]
#[path = "store/trace.rs"]
mod trace;
