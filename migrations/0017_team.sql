-- SPDX-License-Identifier: EUPL-1.2
-- Meetings of the social-space teams, what families said to ideas, and support packages. No table of a meeting has a
-- column for a decision (§ 36a(1) SGB VIII).

-- A meeting: one a day and team.
CREATE TABLE team_meeting (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  team_id UUID NOT NULL,
  meets_on TEXT NOT NULL,
  starts_at BIGINT NOT NULL CHECK (starts_at BETWEEN 0 AND 1439),
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 15 AND 480),
  place TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('consultation', 'quarter', 'both', 'special')),
  called_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, team_id, meets_on),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, called_by) REFERENCES account (office_id, id)
);
CREATE INDEX team_meeting_by_day ON team_meeting (office_id, meets_on, team_id);

-- Who was there: roles and organisations, no names.
CREATE TABLE team_present (
  office_id UUID NOT NULL,
  meeting_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  role TEXT NOT NULL,
  organisation TEXT NOT NULL,
  PRIMARY KEY (office_id, meeting_id, seq),
  FOREIGN KEY (office_id, meeting_id) REFERENCES team_meeting (office_id, id)
);

-- The time and place of a case on the agenda. `urgent` is the reason why it cannot wait; there are no degrees.
CREATE TABLE agenda_slot (
  office_id UUID NOT NULL,
  item_id UUID NOT NULL,
  minutes BIGINT NOT NULL CHECK (minutes BETWEEN 10 AND 120),
  urgent TEXT,
  place BIGINT NOT NULL CHECK (place BETWEEN 1 AND 99),
  PRIMARY KEY (office_id, item_id),
  FOREIGN KEY (office_id, item_id) REFERENCES agenda_item (office_id, id)
);

-- When a phase of a consultation began; only added to.
CREATE TABLE item_phase (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  item_id UUID NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('presentation', 'questions', 'frame', 'ideas', 'feedback')),
  begun_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, item_id) REFERENCES agenda_item (office_id, id)
);
CREATE INDEX item_phase_by_item ON item_phase (office_id, item_id, id);

-- What the family said to an idea; only added to.
CREATE TABLE idea_answer (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  item_id UUID NOT NULL,
  idea_id UUID NOT NULL,
  answer TEXT NOT NULL CHECK (answer IN ('chosen', 'adapted', 'later', 'refused')),
  words TEXT,
  said_on TEXT NOT NULL,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, item_id) REFERENCES agenda_item (office_id, id),
  FOREIGN KEY (office_id, idea_id) REFERENCES idea (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id)
);
CREATE INDEX idea_answer_by_case ON idea_answer (office_id, case_id, id);

-- Cases on one day's agenda of a team.
CREATE INDEX agenda_by_day ON agenda_item (office_id, team_id, meets_on, held_on);

-- A help that is part of a support package, or was weighed beside it. Paid helps are commissions and stand there.
CREATE TABLE package_help (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('own-step', 'relative', 'neighbour', 'volunteer', 'offer', 'service')),
  weighing TEXT NOT NULL CHECK (weighing IN ('taken', 'weighed')),
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  extent TEXT,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  why TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id),
  -- What was not taken up has a reason.
  CHECK (weighing = 'taken' OR why IS NOT NULL)
);
CREATE INDEX package_help_by_case ON package_help (office_id, case_id, id);

-- Was a help really used? A help of the package, or a commission; only added to.
CREATE TABLE package_use (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  help_id UUID,
  commission_id UUID,
  used TEXT NOT NULL CHECK (used IN ('yes', 'partly', 'no')),
  said_on TEXT NOT NULL,
  rater TEXT NOT NULL CHECK (rater IN ('child', 'family', 'agency', 'office')),
  words TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, help_id) REFERENCES package_help (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id),
  CHECK ((help_id IS NULL) <> (commission_id IS NULL))
);
CREATE INDEX package_use_by_case ON package_use (office_id, case_id, said_on, id);
CREATE INDEX package_use_by_day ON package_use (office_id, said_on, id);
