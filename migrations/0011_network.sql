-- SPDX-License-Identifier: EUPL-1.2
-- Exploring with a family (resource check, network map, genogram), its answers to a plan over a link, and extracts of
-- a plan for a court.

-- A sheet as it is being worked on. `about` is the person in the middle of a network map, else the case itself.
CREATE TABLE exploration_draft (
  office_id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('resources', 'network', 'genogram')),
  about UUID NOT NULL,
  content TEXT NOT NULL,
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, case_id, kind, about),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);

-- A sheet as it was on a day; only added to.
CREATE TABLE exploration (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('resources', 'network', 'genogram')),
  about UUID NOT NULL,
  number BIGINT NOT NULL CHECK (number >= 1),
  dated_on TEXT NOT NULL,
  content TEXT NOT NULL,
  fixed_at BIGINT NOT NULL,
  fixed_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, case_id, kind, about, number),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, fixed_by) REFERENCES account (office_id, id)
);

-- A personal link to one plan version. Only a digest of its token is kept.
CREATE TABLE family_link (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  token_hash TEXT NOT NULL,
  given_to TEXT NOT NULL,
  language TEXT NOT NULL,
  ends_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  made_by UUID NOT NULL,
  revoked_at BIGINT,
  revoked_by UUID,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, token_hash),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, plan_id) REFERENCES plan_version (office_id, id),
  FOREIGN KEY (office_id, made_by) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, revoked_by) REFERENCES account (office_id, id)
);
CREATE INDEX family_link_by_case ON family_link (office_id, case_id, id);

-- What a family said over a link, in its own words; only added to.
CREATE TABLE family_answer (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  link_id UUID NOT NULL,
  verdict TEXT CHECK (verdict IN ('agrees', 'disagrees')),
  who TEXT,
  words TEXT,
  said_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, plan_id) REFERENCES plan_version (office_id, id),
  FOREIGN KEY (office_id, link_id) REFERENCES family_link (office_id, id)
);
CREATE INDEX family_answer_by_case ON family_answer (office_id, case_id, id);
CREATE INDEX family_answer_by_link ON family_answer (office_id, link_id, id);

-- How far the family holds a goal of the version to be; only added to.
CREATE TABLE family_rating (
  office_id UUID NOT NULL,
  case_id UUID NOT NULL,
  answer_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  goal TEXT NOT NULL,
  level TEXT NOT NULL CHECK (level IN ('not-reached', 'begun', 'half', 'mostly', 'reached', 'dropped')),
  PRIMARY KEY (office_id, case_id, answer_id, seq),
  FOREIGN KEY (office_id, answer_id) REFERENCES family_answer (office_id, id)
);

-- Who took note of an answer, and when; only added to.
CREATE TABLE family_answer_look (
  office_id UUID NOT NULL,
  answer_id UUID NOT NULL,
  seen_by UUID NOT NULL,
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, answer_id),
  FOREIGN KEY (office_id, answer_id) REFERENCES family_answer (office_id, id),
  FOREIGN KEY (office_id, seen_by) REFERENCES account (office_id, id)
);

-- An extract of a plan version for a court (§ 50(2) SGB VIII); only added to. Its contents are in the versions.
CREATE TABLE court_extract (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  court TEXT NOT NULL,
  file_number TEXT,
  proceeding TEXT NOT NULL,
  asked_on TEXT,
  reviews TEXT,
  made_on TEXT NOT NULL,
  made_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, plan_id) REFERENCES plan_version (office_id, id),
  FOREIGN KEY (office_id, made_by) REFERENCES account (office_id, id)
);
CREATE INDEX court_extract_by_case ON court_extract (office_id, case_id, id);
