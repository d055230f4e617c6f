-- SPDX-License-Identifier: EUPL-1.2
-- Casework after the first flow: looks at reporters, ratings of goals, notes.

-- Each look at who reported, with its reason; only added to (§ 65 SGB VIII by analogy).
CREATE TABLE reporter_look (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  report_id UUID NOT NULL,
  seen_by UUID NOT NULL,
  seen_at BIGINT NOT NULL,
  reason TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  FOREIGN KEY (office_id, seen_by) REFERENCES account (office_id, id)
);
CREATE INDEX reporter_look_by_report ON reporter_look (office_id, report_id, id);

-- How far a goal was reached, as one of the four raters said on a day; only added to.
CREATE TABLE goal_rating (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  goal_id UUID NOT NULL,
  rater TEXT NOT NULL CHECK (rater IN ('child', 'family', 'agency', 'office')),
  level TEXT NOT NULL CHECK (level IN ('not-reached', 'begun', 'half', 'mostly', 'reached', 'dropped')),
  said_on TEXT NOT NULL,
  words TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, goal_id) REFERENCES goal (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id)
);
CREATE INDEX goal_rating_by_case ON goal_rating (office_id, case_id, said_on, id);

-- A note. What is entrusted is read by its writer and by whom it was passed on to, by nobody else (§ 65 SGB VIII):
-- each statement that reads this table says so.
CREATE TABLE case_note (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  words TEXT NOT NULL,
  noted_on TEXT NOT NULL,
  confidence TEXT NOT NULL CHECK (confidence IN ('file', 'entrusted')),
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);
CREATE INDEX case_note_by_case ON case_note (office_id, case_id, noted_on, id);

-- Whom a note concerns.
CREATE TABLE case_note_person (
  office_id UUID NOT NULL,
  case_id UUID NOT NULL,
  note_id UUID NOT NULL,
  person_id UUID NOT NULL,
  PRIMARY KEY (office_id, case_id, note_id, person_id),
  FOREIGN KEY (office_id, note_id) REFERENCES case_note (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);

-- To whom something entrusted was passed on, and for which of the seven reasons; only added to.
CREATE TABLE note_passing (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  note_id UUID NOT NULL,
  passed_to UUID NOT NULL,
  reason TEXT NOT NULL,
  why TEXT NOT NULL,
  passed_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, note_id) REFERENCES case_note (office_id, id),
  FOREIGN KEY (office_id, passed_to) REFERENCES account (office_id, id)
);
CREATE INDEX note_passing_by_note ON note_passing (office_id, note_id, passed_to);
CREATE INDEX note_passing_by_case ON note_passing (office_id, case_id, id);
