-- SPDX-License-Identifier: EUPL-1.2
-- A case in short, version by version; what a worker ended and may take back; two cases of one family; until when a
-- counselling without the parents' knowledge is kept.

-- The one text of a case that several people write on. Each saving is a version; none is changed.
CREATE TABLE case_brief (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  number BIGINT NOT NULL CHECK (number > 0),
  words TEXT NOT NULL,
  -- The version before, which the writer had before their eyes.
  based_on BIGINT NOT NULL CHECK (based_on >= 0 AND based_on < number),
  -- 1: two texts were put together.
  merged BIGINT NOT NULL CHECK (merged IN (0, 1)),
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, case_id, number),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);

CREATE TABLE taken_away (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('condition', 'legal-role', 'contact', 'due', 'lived-place', 'package-help')),
  object_id UUID NOT NULL,
  words TEXT NOT NULL,
  done_by UUID NOT NULL,
  done_at BIGINT NOT NULL,
  undone_by UUID,
  undone_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, done_by) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, undone_by) REFERENCES account (office_id, id),
  CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX taken_away_by_case ON taken_away (office_id, case_id, done_at, id);

-- A case that turned out to be of a family with a case already. Its reports go over; it stays as it was.
ALTER TABLE case_file ADD COLUMN joined_into UUID;
CREATE INDEX case_by_join ON case_file (office_id, team_id, joined_into);

CREATE TABLE case_join (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  kept_id UUID NOT NULL,
  joined_id UUID NOT NULL,
  why TEXT NOT NULL,
  -- The day on which signs of danger came over with it.
  danger_from TEXT,
  joined_by UUID NOT NULL,
  joined_at BIGINT NOT NULL,
  undone_by UUID,
  undone_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, kept_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, joined_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, joined_by) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, undone_by) REFERENCES account (office_id, id),
  CHECK (kept_id <> joined_id),
  CHECK ((undone_by IS NULL) = (undone_at IS NULL))
);
CREATE INDEX case_join_by_kept ON case_join (office_id, kept_id, id);
CREATE INDEX case_join_by_joined ON case_join (office_id, joined_id, id);

-- Which reports went over, so that undoing gives back exactly these.
CREATE TABLE case_join_report (
  office_id UUID NOT NULL,
  join_id UUID NOT NULL,
  report_id UUID NOT NULL,
  PRIMARY KEY (office_id, join_id, report_id),
  FOREIGN KEY (office_id, join_id) REFERENCES case_join (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id)
);

-- Until when what was counselled in confidence is kept once it ended (N14).
ALTER TABLE counsel ADD COLUMN delete_on TEXT;
CREATE INDEX counsel_by_deletion ON counsel (office_id, delete_on);
