-- SPDX-License-Identifier: EUPL-1.2
-- Reviews, less help and ends as a careful reading of the law wants them.

-- When another office went on (§ 86c(1) SGB VIII), how the family stands to the end and how it was heard (§ 24(1) SGB X),
-- whether it may be asked later, what was missing and why, and since when the end is in effect: an end announced ahead
-- changes nothing before its day.
ALTER TABLE help_ending ADD COLUMN continued_on TEXT;
ALTER TABLE help_ending ADD COLUMN stand TEXT;
ALTER TABLE help_ending ADD COLUMN heard TEXT;
ALTER TABLE help_ending ADD COLUMN asks TEXT;
ALTER TABLE help_ending ADD COLUMN gaps TEXT;
ALTER TABLE help_ending ADD COLUMN gaps_reason TEXT;
ALTER TABLE help_ending ADD COLUMN took_effect_on TEXT;
CREATE INDEX help_ending_announced ON help_ending (office_id, took_effect_on, ended_on);

-- Less of a help: which commission took the place of which, and how the family stood to it; only added to.
CREATE TABLE step_down (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  before_id UUID NOT NULL,
  from_day TEXT NOT NULL,
  stand TEXT CHECK (stand IN ('agrees', 'against')),
  hearing TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, before_id) REFERENCES commission (office_id, id)
);
CREATE INDEX step_down_by_case ON step_down (office_id, case_id, from_day, id);

-- Every how many months the plan of a help wants to be looked at (§ 36(2) S. 2 SGB VIII); none: the rule of the office.
ALTER TABLE decision ADD COLUMN review_months BIGINT;

-- A will that changed is a statement like every other; the review says which one.
ALTER TABLE review ADD COLUMN will_id UUID;
