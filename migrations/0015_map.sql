-- SPDX-License-Identifier: EUPL-1.2
-- What stands on a card in other languages. Who may see the card may read it in all of them.

CREATE TABLE card_text (
  office_id UUID NOT NULL,
  card_id UUID NOT NULL,
  language TEXT NOT NULL CHECK (language <> 'de'),
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  conditions TEXT,
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, card_id, language),
  FOREIGN KEY (office_id, card_id) REFERENCES card (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id)
);
CREATE INDEX card_text_by_person ON card_text (office_id, written_by);
