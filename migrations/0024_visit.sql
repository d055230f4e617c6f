-- SPDX-License-Identifier: EUPL-1.2
-- Visits: which cases a worker took along on a device, until when, and what came back. How sheets of exploration looked
-- before each change.

CREATE TABLE visit (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  prepared_by UUID NOT NULL,
  prepared_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  -- Called back, by the worker, by a later visit or by the administration.
  ended_by UUID,
  ended_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, prepared_by) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, ended_by) REFERENCES account (office_id, id),
  CHECK (ends_at > prepared_at),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX visit_by_worker ON visit (office_id, prepared_by, ended_at, ends_at);
CREATE INDEX visit_by_end ON visit (office_id, ended_at, ends_at);

CREATE TABLE visit_case (
  office_id UUID NOT NULL,
  visit_id UUID NOT NULL,
  case_id UUID NOT NULL,
  -- The case's last change that the device knows of.
  known_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, visit_id, case_id),
  FOREIGN KEY (office_id, visit_id) REFERENCES visit (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX visit_case_by_case ON visit_case (office_id, case_id, visit_id);

-- What was written on the way. The id is made on the device: the same note never comes in twice. The words stand here
-- only while the note waits for its writer; once it is in a file they stand there alone.
CREATE TABLE visit_note (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  visit_id UUID NOT NULL,
  case_id UUID NOT NULL,
  written_by UUID NOT NULL,
  received_at BIGINT NOT NULL,
  -- Why it waits; nothing once it is in a file.
  waits_for TEXT CHECK (waits_for IN ('case-changed', 'right-gone', 'case-joined')),
  words TEXT,
  noted_on TEXT NOT NULL,
  confidence TEXT NOT NULL CHECK (confidence IN ('file', 'entrusted')),
  note_id UUID,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, visit_id, case_id) REFERENCES visit_case (office_id, visit_id, case_id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, note_id) REFERENCES case_note (office_id, id),
  CHECK ((waits_for IS NULL) = (words IS NULL)),
  CHECK ((note_id IS NULL) = (words IS NOT NULL))
);
CREATE INDEX visit_note_by_writer ON visit_note (office_id, written_by, waits_for, id);
CREATE INDEX visit_note_by_visit ON visit_note (office_id, visit_id, case_id);

-- How a sheet looked before a change that is not fixed yet, for 30 days.
CREATE TABLE exploration_past (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('resources', 'network', 'genogram')),
  -- The person in the middle, or the case itself.
  about UUID NOT NULL,
  -- Nothing: it was not being worked on.
  content TEXT,
  changed_by UUID NOT NULL,
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, changed_by) REFERENCES account (office_id, id)
);
CREATE INDEX exploration_past_by_sheet ON exploration_past (office_id, case_id, kind, about, id);

-- The last day that something had before it was ended: taking back gives it back.
ALTER TABLE taken_away ADD COLUMN was_until TEXT;
