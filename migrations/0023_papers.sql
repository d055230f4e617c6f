-- SPDX-License-Identifier: EUPL-1.2
-- What a letter tells of, and the record of consents: who releases whom towards whom.

-- The decision or the ending that a letter tells. A draft that is thrown away takes its row along.
CREATE TABLE letter_about (
  office_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  plan_id UUID,
  ending_id UUID,
  PRIMARY KEY (office_id, letter_id),
  FOREIGN KEY (office_id, letter_id) REFERENCES letter (office_id, id),
  FOREIGN KEY (office_id, plan_id) REFERENCES plan_version (office_id, id),
  FOREIGN KEY (office_id, ending_id) REFERENCES help_ending (office_id, id),
  CHECK ((plan_id IS NULL) <> (ending_id IS NULL))
);

-- The children whom a letter concerns.
CREATE TABLE letter_child (
  office_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  person_id UUID NOT NULL,
  PRIMARY KEY (office_id, letter_id, person_id),
  FOREIGN KEY (office_id, letter_id) REFERENCES letter (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);

-- Consents and releases from secrecy (§ 67b(2) SGB X, § 203 StGB): who releases whom towards whom, about what, for what,
-- until when. Nothing is written over; an end is added.
CREATE TABLE case_consent (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  giver_id UUID NOT NULL,
  released TEXT NOT NULL,
  towards TEXT NOT NULL,
  data TEXT NOT NULL,
  purpose TEXT NOT NULL,
  given_on TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  form TEXT NOT NULL CHECK (form IN ('written', 'electronic', 'oral')),
  oral_why TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  revoked_on TEXT,
  revoked_by UUID,
  revoked_words TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, giver_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id),
  CHECK (valid_until >= given_on),
  CHECK ((form = 'oral') = (oral_why IS NOT NULL)),
  CHECK ((revoked_on IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX case_consent_by_case ON case_consent (office_id, case_id, id);

-- What was asked of others instead of the person concerned (§ 62(3) SGB VIII), and when the person was told (§ 82a SGB X).
CREATE TABLE case_collection (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  source TEXT NOT NULL,
  data TEXT NOT NULL,
  purpose TEXT NOT NULL,
  collected_on TEXT NOT NULL,
  ground TEXT,
  no_ground_why TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  told_on TEXT,
  not_told_why TEXT,
  told_by UUID,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id),
  CHECK (ground IS NOT NULL OR no_ground_why IS NOT NULL),
  CHECK (told_on IS NULL OR not_told_why IS NULL),
  CHECK ((told_on IS NULL AND not_told_why IS NULL) = (told_by IS NULL))
);
CREATE INDEX case_collection_by_case ON case_collection (office_id, case_id, id);

-- What a letter left with although it should not have been so, and why. Only added to.
CREATE TABLE letter_warning (
  office_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (office_id, letter_id, code),
  FOREIGN KEY (office_id, letter_id) REFERENCES letter (office_id, id)
);

-- A letter that was released and never left: withdrawn, with the reason. Only added to.
CREATE TABLE letter_recall (
  office_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  why TEXT NOT NULL,
  recalled_by UUID NOT NULL,
  recalled_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, letter_id),
  FOREIGN KEY (office_id, letter_id) REFERENCES letter_release (office_id, letter_id),
  FOREIGN KEY (office_id, recalled_by) REFERENCES account (office_id, id)
);
