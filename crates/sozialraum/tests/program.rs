// SPDX-License-Identifier: EUPL-1.2
//! The built program, run as people and scripts run it: on SQLite, and on PostgreSQL where
//! `SOZIALRAUM_TEST_POSTGRES` tells a server.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

#[path = "program/allocate.rs"]
mod allocate;
#[path = "program/bench.rs"]
mod bench;
#[path = "program/forgets.rs"]
mod forgets;
#[path = "program/points.rs"]
mod points;
#[path = "program/serve.rs"]
mod serve;
#[path = "program/shapes.rs"]
mod shapes;
#[path = "program/spaces.rs"]
mod spaces;
#[path = "program/streets.rs"]
mod streets;
#[path = "program/usage.rs"]
mod usage;
#[path = "program/verify.rs"]
mod verify;
