// SPDX-License-Identifier: EUPL-1.2
//! Where: regions, social spaces, boundaries, the street directory.
