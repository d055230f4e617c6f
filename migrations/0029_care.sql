-- SPDX-License-Identifier: EUPL-1.2
-- Work with families again: lists of cases by stage.

-- A list counts what runs in a team without reading its cases.
CREATE INDEX case_by_standing ON case_file (office_id, team_id, joined_into, stage, danger_since, id);

-- The record of a visit is deleted some time after its end.
CREATE INDEX visit_by_age ON visit (office_id, ends_at, id);

-- Why an agency was commissioned although something warned (W7, W31); only added to.
CREATE TABLE commission_warning (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  commission_id UUID NOT NULL,
  warning TEXT NOT NULL CHECK (warning IN ('assessor-delivers', 'consent-ended')),
  reason TEXT NOT NULL,
  given_by UUID NOT NULL,
  given_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, given_by) REFERENCES account (office_id, id)
);
CREATE INDEX commission_warning_by_case ON commission_warning (office_id, case_id, id);
