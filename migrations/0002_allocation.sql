-- SPDX-License-Identifier: EUPL-1.2
-- How money is distributed: drafts with all their inputs, and what bodies decided about them. Only added to.

CREATE TABLE allocation (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  year BIGINT NOT NULL,
  distributed BIGINT NOT NULL CHECK (distributed >= 0),
  inputs TEXT NOT NULL,
  result TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by UUID NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX allocation_by_time ON allocation (office_id, made_at, id);
CREATE INDEX allocation_by_year ON allocation (office_id, year, id);

CREATE TABLE allocation_decision (
  office_id UUID NOT NULL,
  allocation_id UUID NOT NULL,
  body TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  resolution TEXT NOT NULL,
  majority TEXT NOT NULL,
  votes_yes BIGINT NOT NULL CHECK (votes_yes >= 0),
  votes_no BIGINT NOT NULL CHECK (votes_no >= 0),
  votes_abstained BIGINT NOT NULL CHECK (votes_abstained >= 0),
  recorded_at BIGINT NOT NULL,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, allocation_id),
  FOREIGN KEY (office_id, allocation_id) REFERENCES allocation (office_id, id)
);
