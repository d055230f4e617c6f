// SPDX-License-Identifier: EUPL-1.2
//! Pages of the main job.

pub mod area;
pub mod board;
pub mod brief;
pub mod cases;
pub mod commission;
pub mod consultation;
pub mod counsel;
pub mod court_extract;
pub mod difference;
pub mod ending;
pub mod family;
pub mod genogram;
pub mod goals;
pub mod handover;
pub mod head;
pub mod help_settings;
pub mod idea_answer;
pub mod intake;
pub mod integration_help;
mod lived_map;
pub mod lived_space;
pub mod matching;
pub mod matching_view;
pub mod meeting;
pub mod meeting_live;
pub mod network;
pub mod notes;
pub mod package;
pub mod people;
pub mod plan;
mod plan_form;
pub mod plan_talk;
pub mod protection;
mod record_page;
pub mod records;
pub mod resource_check;
pub mod review;
pub mod rhythm;
pub mod seals;
pub mod sheet;
mod sheet_notes;
pub mod sheet_undo;
pub mod statements;
pub mod step_down;
mod taking;
pub mod transition;
pub mod undo;
pub mod visit;
pub mod workload;

#[cfg(test)]
mod samples;
