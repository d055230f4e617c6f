-- SPDX-License-Identifier: EUPL-1.2
-- The quarter: planned cuts and their hand-overs, figures of spaces, the network, contacts, projects.

-- A new cut of the spaces: a draft, a plan for its day, or withdrawn.
CREATE TABLE recut (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  key_field TEXT NOT NULL,
  name_field TEXT NOT NULL,
  region_field TEXT,
  state TEXT NOT NULL CHECK (state IN ('draft', 'planned', 'withdrawn')),
  drafted_by UUID NOT NULL,
  drafted_at BIGINT NOT NULL,
  planned_by UUID,
  planned_at BIGINT,
  withdrawn_by UUID,
  withdrawn_at BIGINT,
  withdrawn_why TEXT,
  PRIMARY KEY (office_id, id),
  CHECK (state <> 'planned' OR planned_by IS NOT NULL),
  CHECK (state <> 'withdrawn' OR withdrawn_why IS NOT NULL)
);
CREATE INDEX recut_by_day ON recut (office_id, valid_from, id);

-- The files as they were handed in: boundaries, both tables of streets, a list of addresses to try it with.
CREATE TABLE recut_file (
  office_id UUID NOT NULL,
  recut_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('spaces', 'zu', 'ra', 'points')),
  name TEXT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (office_id, recut_id, kind),
  FOREIGN KEY (office_id, recut_id) REFERENCES recut (office_id, id)
);

-- Editions that a plan wrote.
CREATE TABLE recut_edition (
  office_id UUID NOT NULL,
  recut_id UUID NOT NULL,
  edition_id UUID NOT NULL,
  PRIMARY KEY (office_id, recut_id, edition_id),
  FOREIGN KEY (office_id, recut_id) REFERENCES recut (office_id, id),
  FOREIGN KEY (office_id, edition_id) REFERENCES territory_edition (office_id, id)
);

-- Editions that never count: their plan was withdrawn before its day.
CREATE TABLE edition_hold (
  office_id UUID NOT NULL,
  edition_id UUID NOT NULL,
  held_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, edition_id),
  FOREIGN KEY (office_id, edition_id) REFERENCES territory_edition (office_id, id)
);

-- A case that changes hands: the family moves, the spaces are cut anew, another worker takes over, or another office
-- becomes competent (§ 86c SGB VIII). A row moves nothing; its conversation does.
CREATE TABLE handover (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('move', 'recut', 'worker', 'office')),
  recut_id UUID,
  from_team UUID NOT NULL,
  from_worker UUID,
  to_team UUID,
  to_space UUID,
  to_worker UUID,
  to_office TEXT,
  why TEXT,
  promised TEXT,
  remember TEXT,
  state TEXT NOT NULL CHECK (state IN ('open', 'held', 'kept')),
  due_on TEXT NOT NULL,
  with_whom TEXT,
  family TEXT CHECK (family IN ('present', 'declined')),
  held_on TEXT,
  words TEXT,
  no_talk_why TEXT,
  closed_by UUID,
  closed_at BIGINT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, recut_id, case_id),
  FOREIGN KEY (office_id, recut_id) REFERENCES recut (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, from_team) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, from_worker) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, to_team) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, to_space) REFERENCES social_space (office_id, id),
  FOREIGN KEY (office_id, to_worker) REFERENCES account (office_id, id),
  CHECK ((cause = 'recut') = (recut_id IS NOT NULL)),
  CHECK ((cause = 'office') = (to_office IS NOT NULL)),
  CHECK ((to_team IS NULL) = (to_space IS NULL)),
  CHECK (state <> 'held' OR (held_on IS NULL) <> (no_talk_why IS NULL)),
  CHECK (held_on IS NULL OR with_whom IS NOT NULL),
  CHECK (state <> 'kept' OR words IS NOT NULL)
);
CREATE INDEX handover_by_from ON handover (office_id, from_team, state, due_on);
CREATE INDEX handover_by_state ON handover (office_id, state, due_on, id);
CREATE INDEX handover_by_recut ON handover (office_id, recut_id, from_team, to_team, state);
CREATE INDEX handover_by_case ON handover (office_id, case_id, id);

-- Figures of a space in hundredths, each with its source and its day.
CREATE TABLE space_figure (
  office_id UUID NOT NULL,
  space_id UUID NOT NULL,
  name_key TEXT NOT NULL,
  as_of TEXT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  unit TEXT,
  source TEXT NOT NULL,
  PRIMARY KEY (office_id, space_id, name_key, as_of),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id)
);

-- Partners of the network and bodies.
CREATE TABLE partner (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  tie TEXT NOT NULL,
  space_id UUID,
  contact TEXT,
  topics TEXT,
  weeks BIGINT CHECK (weeks BETWEEN 1 AND 104),
  agreement TEXT,
  agreed_from TEXT,
  agreed_until TEXT,
  known_since TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, name_key),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id)
);
CREATE INDEX partner_by_space ON partner (office_id, space_id, name_key);

-- Projects of case-independent and cross-case work.
CREATE TABLE project (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  title TEXT NOT NULL,
  column_code TEXT NOT NULL,
  space_id UUID NOT NULL,
  state TEXT NOT NULL,
  found_in TEXT NOT NULL,
  need TEXT NOT NULL,
  goals TEXT NOT NULL,
  help_link TEXT NOT NULL,
  terms TEXT NOT NULL,
  planned_minutes BIGINT,
  proposed_by UUID NOT NULL,
  proposed_on TEXT NOT NULL,
  reached TEXT,
  assessment TEXT,
  current_cases BIGINT,
  potential_cases BIGINT,
  ended_to TEXT,
  ended_on TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id),
  CHECK (state NOT IN ('evaluated', 'handed-over', 'ended') OR (reached IS NOT NULL AND assessment IS NOT NULL))
);
CREATE INDEX project_by_state ON project (office_id, state, id);
CREATE INDEX project_by_space ON project (office_id, space_id, id);

CREATE TABLE project_cost (
  office_id UUID NOT NULL,
  project_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  what TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  PRIMARY KEY (office_id, project_id, seq),
  FOREIGN KEY (office_id, project_id) REFERENCES project (office_id, id)
);

-- Opinions and decisions, in their order; only added to.
CREATE TABLE project_step (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  project_id UUID NOT NULL,
  state TEXT NOT NULL,
  opinion TEXT,
  decider TEXT,
  resolution TEXT,
  words TEXT,
  made_by UUID NOT NULL,
  made_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, project_id) REFERENCES project (office_id, id)
);
CREATE INDEX project_step_by_project ON project_step (office_id, project_id, id);

-- Money promised to a project, out of grants.
CREATE TABLE project_money (
  office_id UUID NOT NULL,
  project_id UUID NOT NULL,
  promise_id UUID NOT NULL,
  PRIMARY KEY (office_id, project_id, promise_id),
  FOREIGN KEY (office_id, project_id) REFERENCES project (office_id, id),
  FOREIGN KEY (office_id, promise_id) REFERENCES promise (office_id, id)
);

-- The log of contacts, without any case; only added to.
CREATE TABLE contact (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  held_on TEXT NOT NULL,
  column_code TEXT NOT NULL,
  field TEXT NOT NULL,
  space_id UUID,
  partner_id UUID,
  project_id UUID,
  person TEXT,
  minutes BIGINT NOT NULL CHECK (minutes > 0),
  result TEXT NOT NULL,
  next_on TEXT,
  logged_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id),
  FOREIGN KEY (office_id, partner_id) REFERENCES partner (office_id, id),
  FOREIGN KEY (office_id, project_id) REFERENCES project (office_id, id)
);
CREATE INDEX contact_by_day ON contact (office_id, held_on, id);
CREATE INDEX contact_by_partner ON contact (office_id, partner_id, held_on);
CREATE INDEX contact_by_project ON contact (office_id, project_id, held_on, id);

-- Which agreements name a space that a new cut changes.
CREATE INDEX agreement_space_by_space ON agreement_space (office_id, space_id, agreement_id);
