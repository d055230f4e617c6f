// SPDX-License-Identifier: EUPL-1.2
//! Pages of the main job.

pub mod cases;
pub mod commission;
pub mod consultation;
pub mod court_extract;
pub mod difference;
pub mod family;
pub mod genogram;
pub mod goals;
pub mod head;
pub mod intake;
pub mod network;
pub mod notes;
pub mod plan;
mod plan_form;
pub mod resource_check;
pub mod sheet;
mod sheet_notes;
pub mod statements;

#[cfg(test)]
mod samples;
