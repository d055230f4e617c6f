// SPDX-License-Identifier: EUPL-1.2
//! Stories through all floors on both engines, and the golden lists of rights and routes.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on stops")]

#[path = "web/agreements.rs"]
mod agreements;
#[path = "web/allocation.rs"]
mod allocation;
#[path = "web/api.rs"]
mod api;
#[path = "web/attack.rs"]
mod attack;
#[path = "web/attack_doors.rs"]
mod attack_doors;
#[path = "web/bad_families.rs"]
mod bad_families;
#[path = "web/bad_geometry.rs"]
mod bad_geometry;
#[path = "web/board.rs"]
mod board;
#[path = "web/borders.rs"]
mod borders;
#[path = "web/cards.rs"]
mod cards;
#[path = "web/cards_map.rs"]
mod cards_map;
#[path = "web/cards_met.rs"]
mod cards_met;
#[path = "web/case_list.rs"]
mod case_list;
#[path = "web/client.rs"]
mod client;
#[path = "web/contacts.rs"]
mod contacts;
#[path = "web/contracts.rs"]
mod contracts;
#[path = "web/deadlines.rs"]
mod deadlines;
#[path = "web/doors.rs"]
mod doors;
#[path = "web/ending.rs"]
mod ending;
#[path = "web/explored.rs"]
mod explored;
#[path = "web/families.rs"]
mod families;
#[path = "web/family_35a.rs"]
mod family_35a;
#[path = "web/family_side.rs"]
mod family_side;
#[path = "web/feeds.rs"]
mod feeds;
#[path = "web/files.rs"]
mod files;
#[path = "web/golden.rs"]
mod golden;
#[path = "web/guarded.rs"]
mod guarded;
#[path = "web/hsds_whole.rs"]
mod hsds_whole;
#[path = "web/import_runs.rs"]
mod import_runs;
#[path = "web/joined.rs"]
mod joined;
#[path = "web/keeping.rs"]
mod keeping;
#[path = "web/ladder.rs"]
mod ladder;
#[path = "web/ledger.rs"]
mod ledger;
#[path = "web/ledger_guards.rs"]
mod ledger_guards;
#[path = "web/letter_tells.rs"]
mod letter_tells;
#[path = "web/letters.rs"]
mod letters;
#[path = "web/live_map.rs"]
mod live_map;
#[path = "web/main_job.rs"]
mod main_job;
#[path = "web/matching.rs"]
mod matching;
#[path = "web/messages.rs"]
mod messages;
#[path = "web/money_lines.rs"]
mod money_lines;
#[path = "web/network_kept.rs"]
mod network_kept;
#[path = "web/notes.rs"]
mod notes;
#[path = "web/order_warnings.rs"]
mod order_warnings;
#[path = "web/package.rs"]
mod package;
#[path = "web/page_text.rs"]
mod page_text;
#[path = "web/paper.rs"]
mod paper;
#[path = "web/paper_rules.rs"]
mod paper_rules;
#[path = "web/papers.rs"]
mod papers;
#[path = "web/pdf_file.rs"]
mod pdf_file;
#[path = "../../documents/tests/rules/mod.rs"]
#[allow(dead_code, reason = "shared with the crate that makes the papers")]
mod pdf_rules;
#[path = "web/pdf_text.rs"]
mod pdf_text;
#[path = "web/people.rs"]
mod people;
#[path = "web/permissions.rs"]
mod permissions;
#[path = "web/plans.rs"]
mod plans;
#[path = "web/projects.rs"]
mod projects;
#[path = "web/protection.rs"]
mod protection;
#[path = "web/protection_facts.rs"]
mod protection_facts;
#[path = "web/protection_lines.rs"]
mod protection_lines;
#[path = "web/quiet_handover.rs"]
mod quiet_handover;
#[path = "web/reach.rs"]
mod reach;
#[path = "web/recut.rs"]
mod recut;
#[path = "web/red_lines.rs"]
mod red_lines;
#[path = "web/region_year.rs"]
mod region_year;
#[path = "web/reminders.rs"]
mod reminders;
#[path = "web/reviewed.rs"]
mod reviewed;
#[path = "web/rooms.rs"]
mod rooms;
#[path = "web/sealed.rs"]
mod sealed;
#[path = "web/sheet_undo.rs"]
mod sheet_undo;
#[path = "web/shield.rs"]
mod shield;
#[path = "web/statements.rs"]
mod statements;
#[path = "web/suggest.rs"]
mod suggest;
#[path = "web/talks.rs"]
mod talks;
#[path = "web/team.rs"]
mod team;
#[path = "web/together.rs"]
mod together;
#[path = "web/tongues.rs"]
mod tongues;
#[path = "web/town.rs"]
mod town;
#[path = "web/trade.rs"]
mod trade;
#[path = "web/trade_bad.rs"]
mod trade_bad;
#[path = "web/trade_hsds.rs"]
mod trade_hsds;
#[path = "web/visits.rs"]
mod visits;
#[path = "web/warnings.rs"]
mod warnings;
#[path = "web/workload.rs"]
mod workload;
