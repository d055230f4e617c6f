-- SPDX-License-Identifier: EUPL-1.2
-- The directory of resources: cards with all that stands on them, links for owners, what was told about cards,
-- joined cards, certificates of conduct. No column names a case or a person of one (N2).

-- Counts changes of cards: searches follow it.
CREATE TABLE card_head (
  office_id UUID NOT NULL,
  changed BIGINT NOT NULL,
  PRIMARY KEY (office_id)
);

CREATE TABLE card (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  topics TEXT NOT NULL,
  about TEXT NOT NULL,
  keywords TEXT,
  place TEXT,
  point TEXT,
  contact TEXT,
  web TEXT,
  key_person TEXT,
  second_person TEXT,
  conditions TEXT,
  cost TEXT,
  cost_note TEXT,
  languages TEXT,
  barriers TEXT,
  age_from BIGINT,
  age_to BIGINT,
  times TEXT,
  free_places BIGINT,
  waiting BIGINT,
  basis TEXT,
  visibility TEXT NOT NULL CHECK (visibility IN ('owner', 'team', 'professionals', 'public')),
  consent_on TEXT,
  consent_until TEXT,
  consent_scope TEXT,
  consent_form TEXT,
  consent_revoked TEXT,
  space_id UUID,
  keeper_id UUID NOT NULL,
  team_id UUID,
  added_at BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  confirmed_on TEXT NOT NULL,
  confirmed_by UUID,
  due_on TEXT NOT NULL,
  ended_on TEXT,
  merged_into UUID,
  PRIMARY KEY (office_id, id),
  -- A private person agreed first (§ 67b SGB X).
  CHECK (kind <> 'person' OR consent_until IS NOT NULL),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id),
  FOREIGN KEY (office_id, keeper_id) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id)
);
CREATE UNIQUE INDEX card_by_change ON card (office_id, changed);
CREATE INDEX card_by_keeper ON card (office_id, keeper_id, due_on, id);

-- A way for an owner to one card, without an account; the token itself is never kept.
CREATE TABLE card_link (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  card_id UUID NOT NULL,
  digest TEXT NOT NULL,
  made_by UUID NOT NULL,
  made_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  revoked_at BIGINT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, digest),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id)
);
CREATE INDEX card_link_by_card ON card_link (office_id, card_id, made_at);

-- What was told about a card, and what became of it.
CREATE TABLE card_task (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  card_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('error', 'proposal', 'closing')),
  words TEXT,
  told_at BIGINT NOT NULL,
  told_by UUID NOT NULL,
  done_at BIGINT,
  done_by UUID,
  outcome TEXT CHECK (outcome IN ('taken', 'dropped')),
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id)
);
CREATE INDEX card_task_by_card ON card_task (office_id, card_id, done_at, told_at);
CREATE INDEX card_task_open ON card_task (office_id, done_at, told_at);

-- The fields that an owner proposes.
CREATE TABLE card_proposal (
  office_id UUID NOT NULL,
  task_id UUID NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (office_id, task_id, field),
  FOREIGN KEY (office_id, task_id) REFERENCES card_task (office_id, id)
);

-- Two cards of one thing, joined; and the fields of the kept one as they were, so that it can be undone.
CREATE TABLE card_merge (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  kept_id UUID NOT NULL,
  gone_id UUID NOT NULL,
  merged_at BIGINT NOT NULL,
  merged_by UUID NOT NULL,
  undone_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, kept_id) REFERENCES card (office_id, id),
  FOREIGN KEY (office_id, gone_id) REFERENCES card (office_id, id)
);
CREATE INDEX card_merge_by_kept ON card_merge (office_id, kept_id, merged_at);

CREATE TABLE card_merge_field (
  office_id UUID NOT NULL,
  merge_id UUID NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (office_id, merge_id, field),
  FOREIGN KEY (office_id, merge_id) REFERENCES card_merge (office_id, id)
);

-- All that § 72a(5) SGB VIII allows to keep; there is no column for the document.
CREATE TABLE card_certificate (
  office_id UUID NOT NULL,
  card_id UUID NOT NULL,
  inspected_on TEXT NOT NULL,
  dated_on TEXT NOT NULL,
  finding TEXT NOT NULL CHECK (finding IN ('nothing', 'listed', 'unsuitable')),
  activity_ended_on TEXT,
  gone_on TEXT,
  noted_by UUID NOT NULL,
  PRIMARY KEY (office_id, card_id),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id)
);
CREATE INDEX card_certificate_by_end ON card_certificate (office_id, gone_on);
