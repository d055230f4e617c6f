-- SPDX-License-Identifier: EUPL-1.2
-- Reviews of helps, their ends, what comes after, and applications for participation (SGB IX).

-- Reviews (§ 36(2) SGB VIII); only added to.
CREATE TABLE review (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  held_on TEXT NOT NULL,
  with_whom TEXT NOT NULL,
  outcome TEXT NOT NULL,
  words TEXT NOT NULL,
  next_on TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, plan_id) REFERENCES plan_version (office_id, id)
);
CREATE INDEX review_by_case ON review (office_id, case_id, held_on, id);

-- Helps that ended, with the keys of the official statistics. Taking an ending back closes the row and restores the day
-- that was granted; nothing is deleted.
CREATE TABLE help_ending (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  commission_id UUID NOT NULL,
  ended_on TEXT NOT NULL,
  granted_until TEXT,
  reason TEXT NOT NULL,
  stay_after TEXT NOT NULL,
  help_after TEXT NOT NULL,
  talk_on TEXT,
  talk_with TEXT,
  family TEXT,
  no_talk_why TEXT,
  words TEXT NOT NULL,
  remains TEXT,
  released BIGINT NOT NULL CHECK (released >= 0),
  care_until TEXT,
  care_form TEXT,
  care_months BIGINT,
  ended_by UUID NOT NULL,
  ended_at BIGINT NOT NULL,
  reopened_by UUID,
  reopened_at BIGINT,
  reopened_why TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  CHECK ((talk_on IS NULL) <> (no_talk_why IS NULL)),
  CHECK ((care_until IS NULL) = (care_form IS NULL)),
  CHECK ((care_until IS NULL) = (care_months IS NULL)),
  CHECK ((reopened_by IS NULL) = (reopened_why IS NULL))
);
CREATE INDEX help_ending_by_case ON help_ending (office_id, case_id, id);

-- Looks after the end of a help; only added to.
CREATE TABLE follow_up (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  ending_id UUID NOT NULL,
  held_on TEXT NOT NULL,
  with_whom TEXT,
  lasting TEXT NOT NULL,
  carries TEXT,
  next_on TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, ending_id) REFERENCES help_ending (office_id, id)
);
CREATE INDEX follow_up_by_case ON follow_up (office_id, case_id, held_on, id);

-- People who came back after the end of a help; only added to.
CREATE TABLE case_return (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('young-adult', 'family')),
  came_on TEXT NOT NULL,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX case_return_by_case ON case_return (office_id, case_id, id);

-- Applications for participation (§ 35a SGB VIII, §§ 14 ff. SGB IX) and what was done with them; only added to.
CREATE TABLE application (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  received_on TEXT NOT NULL,
  words TEXT NOT NULL,
  passed_on_by TEXT,
  competence_until TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  CHECK ((passed_on_by IS NULL) = (competence_until IS NOT NULL))
);
CREATE INDEX application_by_case ON application (office_id, case_id, id);

CREATE TABLE application_step (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  application_id UUID NOT NULL,
  step TEXT NOT NULL,
  on_day TEXT NOT NULL,
  words TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, application_id) REFERENCES application (office_id, id)
);
CREATE INDEX application_step_by_case ON application_step (office_id, case_id, id);
