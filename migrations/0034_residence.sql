-- SPDX-License-Identifier: EUPL-1.2
-- Somebody without a home has a place where they are found; it is marked as what it is. Nothing stands for a home.

ALTER TABLE residence ADD COLUMN home TEXT;
