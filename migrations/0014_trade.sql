-- SPDX-License-Identifier: EUPL-1.2
-- Imports of cards: the table that was handed in until it is taken or dropped, which cards came of it, and private
-- persons who wait for their consent. Nothing of an import is seen by anybody before all of it is written.

CREATE TABLE card_import (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  -- The rows as read, with commas between; gone once they are taken, dropped or forgotten.
  content TEXT,
  -- What was noticed while reading, one a line.
  notes TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('text', 'workbook', 'data')),
  handed_in_by UUID NOT NULL,
  handed_in_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'done', 'undone', 'dropped')),
  taken BIGINT NOT NULL,
  left_out BIGINT NOT NULL,
  -- Rows that were left out with their reasons, to be mended and handed in again.
  rejects TEXT,
  ended_at BIGINT,
  PRIMARY KEY (office_id, id),
  CHECK (state = 'draft' OR content IS NULL),
  FOREIGN KEY (office_id, handed_in_by) REFERENCES account (office_id, id)
);
CREATE INDEX card_import_by_time ON card_import (office_id, handed_in_at, id);

-- The number of the change by which the import wrote a card: a card with another number was changed since.
CREATE TABLE card_import_card (
  office_id UUID NOT NULL,
  import_id UUID NOT NULL,
  card_id UUID NOT NULL,
  changed BIGINT NOT NULL,
  PRIMARY KEY (office_id, import_id, card_id),
  FOREIGN KEY (office_id, import_id) REFERENCES card_import (office_id, id),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id)
);
CREATE INDEX card_import_card_by_card ON card_import_card (office_id, card_id, import_id);

-- A private person out of a file: seen by who imported it alone, and forgotten unless the person agrees in time.
CREATE TABLE card_waiting (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  import_id UUID NOT NULL,
  keeper_id UUID NOT NULL,
  gone_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, import_id) REFERENCES card_import (office_id, id),
  FOREIGN KEY (office_id, keeper_id) REFERENCES account (office_id, id)
);
CREATE INDEX card_waiting_by_keeper ON card_waiting (office_id, keeper_id, gone_on, id);
CREATE INDEX card_waiting_by_import ON card_waiting (office_id, import_id, id);
CREATE INDEX card_waiting_by_end ON card_waiting (office_id, gone_on);

CREATE TABLE card_waiting_field (
  office_id UUID NOT NULL,
  waiting_id UUID NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (office_id, waiting_id, field),
  FOREIGN KEY (office_id, waiting_id) REFERENCES card_waiting (office_id, id)
);
