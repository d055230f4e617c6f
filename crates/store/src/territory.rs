// SPDX-License-Identifier: EUPL-1.2
//! Regions, teams, spaces, and the dated editions of boundaries and streets.
