-- SPDX-License-Identifier: EUPL-1.2
-- What keeps erased cards from coming back with a file: digests with a salt of the office, and no word.

CREATE TABLE card_mark_salt (
  office_id UUID NOT NULL,
  salt TEXT NOT NULL,
  PRIMARY KEY (office_id)
);

CREATE TABLE card_mark (
  office_id UUID NOT NULL,
  digest TEXT NOT NULL,
  erased_on TEXT NOT NULL,
  PRIMARY KEY (office_id, digest)
);
