// SPDX-License-Identifier: EUPL-1.2
//! Reports, cases, what families say, consultations, decisions, plans, commissions.

pub mod areas;
pub mod cases;
pub mod consultations;
pub mod counsels;
pub mod court_extracts;
pub mod desk;
pub mod easynwk;
pub mod explorations;
pub mod family_links;
pub mod goals;
pub mod handovers;
pub mod legal;
pub mod notes;
pub mod persons;
pub mod plan_text;
pub mod plans;
pub mod protection;
pub mod reporters;
pub mod reports;
pub mod seals;
pub mod search;
pub mod sheet_text;
pub mod statements;
pub mod timeline;
