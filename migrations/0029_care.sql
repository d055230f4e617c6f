-- SPDX-License-Identifier: EUPL-1.2
-- Work with families again: lists of cases by stage.

-- A list counts what runs in a team without reading its cases.
CREATE INDEX case_by_standing ON case_file (office_id, team_id, joined_into, stage, danger_since, id);

-- The record of a visit is deleted some time after its end.
CREATE INDEX visit_by_age ON visit (office_id, ends_at, id);
