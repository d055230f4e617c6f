-- SPDX-License-Identifier: EUPL-1.2
-- Matching, lived space, care of cards: places of everyday life, what was turned down, uses without names, tombstones.

-- A place of somebody's everyday life. Beside a protected address it has neither address nor point.
CREATE TABLE lived_place (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT,
  point TEXT,
  way TEXT NOT NULL CHECK (way IN ('foot', 'bike', 'transit', 'car')),
  company TEXT NOT NULL CHECK (company IN ('alone', 'with', 'not-yet')),
  by_whom TEXT,
  minutes BIGINT CHECK (minutes BETWEEN 0 AND 300),
  told_on TEXT NOT NULL,
  ended_on TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  CHECK (company <> 'with' OR by_whom IS NOT NULL),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id)
);
CREATE INDEX lived_place_by_case ON lived_place (office_id, case_id, id);

-- How far somebody may go alone, as was said last.
CREATE TABLE lived_reach (
  office_id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  metres BIGINT NOT NULL CHECK (metres BETWEEN 0 AND 50000),
  words TEXT,
  said_on TEXT NOT NULL,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, case_id, person_id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id)
);

-- Cards that a family turned down, with its reason. What is taken over leaves words in the file and no number of a card.
CREATE TABLE match_refusal (
  office_id UUID NOT NULL,
  case_id UUID NOT NULL,
  card_id UUID NOT NULL,
  why TEXT NOT NULL,
  refused_on TEXT NOT NULL,
  refused_by UUID NOT NULL,
  PRIMARY KEY (office_id, case_id, card_id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id),
  FOREIGN KEY (office_id, refused_by) REFERENCES account (office_id, id)
);
CREATE INDEX match_refusal_by_card ON match_refusal (office_id, card_id, case_id);

-- How often a card was of use: a number for a month and a space (nil: not told). No case, nobody, no day.
CREATE TABLE card_use (
  office_id UUID NOT NULL,
  card_id UUID NOT NULL,
  month TEXT NOT NULL,
  space_id UUID NOT NULL,
  uses BIGINT NOT NULL CHECK (uses > 0),
  PRIMARY KEY (office_id, card_id, month, space_id),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id)
);

-- That there was a card, and no word of what stood on it (Art. 17 DSGVO). Searches in memory follow it by its number.
CREATE TABLE card_tombstone (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  ground TEXT NOT NULL CHECK (ground IN ('request', 'withdrawal', 'purpose')),
  erased_on TEXT NOT NULL,
  erased_by UUID NOT NULL,
  changed BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, changed),
  FOREIGN KEY (office_id, erased_by) REFERENCES account (office_id, id)
);

CREATE INDEX card_merge_by_gone ON card_merge (office_id, gone_id, id);
