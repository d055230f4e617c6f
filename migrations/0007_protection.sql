-- SPDX-License-Identifier: EUPL-1.2
-- Deadlines, absences and child protection. Steps, facts and what became of a deadline are only added to.

-- deadlines -------------------------------------------------------------------------------------------

-- The Land whose holidays count, and holidays of the commune; the latest row counts.
CREATE TABLE office_calendar (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  calendar TEXT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id)
);

-- Something due. "Unverzüglich" has no day, and everything else has one. Team and owner stand here, so that a list
-- needs no walk over the cases; the calendar stands here, so that a day explains itself alike forever.
CREATE TABLE due (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  team_id UUID NOT NULL,
  owner_id UUID NOT NULL,
  nature TEXT NOT NULL CHECK (nature IN ('legal', 'prompt', 'agreed', 'internal')),
  kind TEXT NOT NULL,
  came_from TEXT NOT NULL,
  subject_id UUID,
  words TEXT,
  begins_on TEXT NOT NULL,
  due_on TEXT,
  calendar TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
  raised_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, owner_id) REFERENCES account (office_id, id),
  CHECK ((nature = 'prompt') = (due_on IS NULL))
);
CREATE INDEX due_by_owner ON due (office_id, owner_id, state, due_on, id);
CREATE INDEX due_by_team ON due (office_id, team_id, state, due_on, id);
CREATE INDEX due_by_day ON due (office_id, state, due_on, id);
CREATE INDEX due_by_case ON due (office_id, case_id, state, id);
CREATE INDEX due_by_subject ON due (office_id, subject_id, id);

-- What became of something due.
CREATE TABLE due_change (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  due_id UUID NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'moved', 'dropped')),
  reason TEXT,
  from_day TEXT,
  to_day TEXT,
  changed_by UUID NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, due_id) REFERENCES due (office_id, id),
  FOREIGN KEY (office_id, changed_by) REFERENCES account (office_id, id)
);
CREATE INDEX due_change_by_case ON due_change (office_id, case_id, id);

-- Who is away, and who stands in; the latest row about a day counts.
CREATE TABLE absence (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  absent_id UUID NOT NULL,
  deputy_id UUID,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,
  kept_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, absent_id) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, deputy_id) REFERENCES account (office_id, id)
);
CREATE INDEX absence_by_absent ON absence (office_id, absent_id, until_day);
CREATE INDEX absence_by_deputy ON absence (office_id, deputy_id, until_day);

-- Addresses from which a calendar program reads a person's days, by the digest of their secret.
CREATE TABLE calendar_feed (
  office_id UUID NOT NULL,
  token_hash TEXT NOT NULL,
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, token_hash),
  FOREIGN KEY (office_id, user_id) REFERENCES account (office_id, id)
);
CREATE INDEX calendar_feed_by_user ON calendar_feed (office_id, user_id);

-- child protection ------------------------------------------------------------------------------------

-- One procedure per minor: open_child is the child while it is open, and nothing after.
CREATE TABLE protection (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  team_id UUID NOT NULL,
  child_id UUID NOT NULL,
  open_child UUID,
  came_from TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  opened_by UUID NOT NULL,
  closed_at BIGINT,
  closed_by UUID,
  result TEXT,
  closing_words TEXT,
  closing_reason TEXT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, open_child),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, child_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, opened_by) REFERENCES account (office_id, id),
  CHECK ((closed_at IS NULL) = (open_child IS NOT NULL))
);
CREATE INDEX protection_by_case ON protection (office_id, case_id, opened_at);
CREATE INDEX protection_by_team ON protection (office_id, team_id, closed_at, opened_at, id);
CREATE INDEX protection_by_time ON protection (office_id, closed_at, opened_at, id);

-- A step. Nothing in it is a number but moments.
CREATE TABLE protection_step (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  protection_id UUID NOT NULL,
  kind TEXT NOT NULL,
  happened_at BIGINT NOT NULL,
  code TEXT,
  words TEXT,
  reason TEXT,
  source TEXT,
  names TEXT NOT NULL,
  person_id UUID,
  marks TEXT NOT NULL,
  due_on TEXT,
  corrects_id UUID,
  report_id UUID,
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, protection_id) REFERENCES protection (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, corrects_id) REFERENCES protection_step (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);
CREATE INDEX protection_step_by_procedure ON protection_step (office_id, protection_id, id);
CREATE INDEX protection_step_by_report ON protection_step (office_id, report_id);

-- A child in care (§ 42 SGB VIII): a sub-file of its own.
CREATE TABLE care (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  child_id UUID NOT NULL,
  ground TEXT NOT NULL,
  began_at BIGINT NOT NULL,
  words TEXT NOT NULL,
  place TEXT NOT NULL,
  placement TEXT NOT NULL,
  begun_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, child_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, begun_by) REFERENCES account (office_id, id)
);
CREATE INDEX care_by_case ON care (office_id, case_id, id);

CREATE TABLE care_fact (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  care_id UUID NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  words TEXT NOT NULL,
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, care_id) REFERENCES care (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);
CREATE INDEX care_fact_by_care ON care_fact (office_id, care_id, id);

-- An agency's own assessments: its data room, no case of the office (§ 8a(4) SGB VIII).
CREATE TABLE agency_assessment (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agency_id UUID NOT NULL,
  sign TEXT NOT NULL,
  occasion TEXT NOT NULL,
  professionals TEXT NOT NULL,
  adviser TEXT NOT NULL,
  inclusion TEXT NOT NULL,
  help TEXT NOT NULL,
  decision TEXT NOT NULL,
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);
CREATE INDEX agency_assessment_by_agency ON agency_assessment (office_id, agency_id, written_at, id);

-- What an agency told the office; it became a report and a case at once.
CREATE TABLE agency_notice (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agency_id UUID NOT NULL,
  report_id UUID NOT NULL,
  case_id UUID NOT NULL,
  place TEXT NOT NULL,
  words TEXT NOT NULL,
  told TEXT NOT NULL,
  sent_by UUID NOT NULL,
  sent_at BIGINT NOT NULL,
  acknowledged_by UUID,
  acknowledged_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, sent_by) REFERENCES account (office_id, id)
);
CREATE INDEX agency_notice_by_agency ON agency_notice (office_id, agency_id, sent_at, id);
CREATE INDEX agency_notice_by_case ON agency_notice (office_id, case_id, id);

-- Counselling by an experienced adviser (§ 8b(1) SGB VIII). No case, no person, no writer, no moment: its id is pure
-- chance, and the log names another one.
CREATE TABLE nameless_counsel (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  counselled_on TEXT NOT NULL,
  institution TEXT NOT NULL,
  question TEXT NOT NULL,
  advice TEXT NOT NULL,
  minutes BIGINT NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX nameless_counsel_by_day ON nameless_counsel (office_id, counselled_on, id);
