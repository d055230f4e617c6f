-- SPDX-License-Identifier: EUPL-1.2
-- Letters: what an office changed of the templates, letters of a case from draft to dispatch, reminders by mail.

-- A version of a template, from a day on; without a text ours holds again. Only added to.
CREATE TABLE letter_template (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL,
  text TEXT,
  valid_from TEXT NOT NULL,
  made_by UUID NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, made_by) REFERENCES account (office_id, id)
);
CREATE INDEX letter_template_by_kind ON letter_template (office_id, kind, valid_from, id);

-- What stands on all letters; the newest row holds. Only added to.
CREATE TABLE letter_house (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  contact TEXT NOT NULL,
  remedy TEXT NOT NULL CHECK (remedy IN ('objection', 'action', 'either')),
  objection_at TEXT,
  action_at TEXT,
  ombuds TEXT,
  officer TEXT,
  eyes TEXT NOT NULL CHECK (eyes IN ('acts', 'all', 'nothing')),
  set_by UUID NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, set_by) REFERENCES account (office_id, id)
);

-- A letter as it is written. It goes to a person of the case, to whoever reported, or to another body.
CREATE TABLE letter (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL,
  person_id UUID,
  report_id UUID,
  to_name TEXT,
  to_address TEXT,
  body TEXT NOT NULL,
  answers TEXT NOT NULL,
  rev BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'offered', 'released', 'sent')),
  written_by UUID NOT NULL,
  written_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  FOREIGN KEY (office_id, written_by) REFERENCES account (office_id, id),
  CHECK (person_id IS NOT NULL OR report_id IS NOT NULL OR to_name IS NOT NULL)
);
CREATE INDEX letter_by_case ON letter (office_id, case_id, id);

-- A letter as it was released: its words, for good. A protected address and a reporter's name are never here. Only
-- added to.
CREATE TABLE letter_release (
  office_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  paper TEXT NOT NULL,
  head TEXT NOT NULL,
  worker TEXT NOT NULL,
  to_name TEXT,
  to_address TEXT,
  digest TEXT NOT NULL,
  released_by UUID NOT NULL,
  released_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, letter_id),
  FOREIGN KEY (office_id, letter_id) REFERENCES letter (office_id, id),
  FOREIGN KEY (office_id, released_by) REFERENCES account (office_id, id)
);

-- When a letter left, and when it counts as known (§ 37(2) SGB X). Only added to.
CREATE TABLE letter_dispatch (
  office_id UUID NOT NULL,
  letter_id UUID NOT NULL,
  sent_on TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('post', 'electronic', 'handed')),
  known_on TEXT NOT NULL,
  remedy_until TEXT,
  noted_by UUID NOT NULL,
  noted_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, letter_id),
  FOREIGN KEY (office_id, letter_id) REFERENCES letter_release (office_id, letter_id),
  FOREIGN KEY (office_id, noted_by) REFERENCES account (office_id, id)
);

-- Who wants to be reminded by mail, and where.
CREATE TABLE mail_wish (
  office_id UUID NOT NULL,
  account_id UUID NOT NULL,
  address TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (office_id, account_id),
  FOREIGN KEY (office_id, account_id) REFERENCES account (office_id, id)
);

-- Mails to be sent: one a person and day. There is no column for words: a mail says only that there is something.
CREATE TABLE mail_out (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  account_id UUID NOT NULL,
  address TEXT NOT NULL,
  day TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given-up')),
  tries BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  sent_at BIGINT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, account_id, day),
  FOREIGN KEY (office_id, account_id) REFERENCES account (office_id, id)
);
CREATE INDEX mail_out_by_state ON mail_out (office_id, state, next_at);
