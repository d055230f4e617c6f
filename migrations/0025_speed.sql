-- SPDX-License-Identifier: EUPL-1.2
-- What is read without a history, and kept with what it follows from.

-- A space that gets another name: its cards are found by it.
CREATE INDEX card_by_space ON card (office_id, space_id, id);

-- What went from account to account in a pot's quarter, by whom it concerns: rows a help, not rows a booking. Whoever may
-- see sums only has them judged by this (N10); kept with each booking, and `verify` proves it. The id of nobody stands for
-- none: a key has no gaps. `root_id` is a booking, or the one it takes back, where nothing else tells whom it concerns.
CREATE TABLE pot_quarter (
  office_id UUID NOT NULL,
  pot_id UUID NOT NULL,
  quarter TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  promise_id UUID NOT NULL,
  commission_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  root_id UUID NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (office_id, pot_id, quarter, source, target, promise_id, commission_id, agency_id, root_id),
  FOREIGN KEY (office_id, pot_id) REFERENCES pot (office_id, id)
);
