-- SPDX-License-Identifier: EUPL-1.2
-- Talks about help plans, what an office sets for each kind of help, the rhythm of each help's reviews, transitions.

-- What has to be done before a talk stands among the things due, with the talk as their subject.
CREATE TABLE plan_talk (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  help TEXT NOT NULL,
  meets_on TEXT NOT NULL,
  starts_at BIGINT NOT NULL,
  place TEXT NOT NULL,
  -- One person a line.
  invited TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')),
  closed_why TEXT,
  set_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, set_by) REFERENCES account (office_id, id),
  CHECK (state <> 'cancelled' OR closed_why IS NOT NULL)
);
CREATE INDEX plan_talk_by_case ON plan_talk (office_id, case_id, id);

-- Who was there, or why not; written once, when the talk was held.
CREATE TABLE plan_talk_guest (
  office_id UUID NOT NULL,
  talk_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  name TEXT NOT NULL,
  presence TEXT NOT NULL CHECK (presence IN ('present', 'absent', 'not-invited')),
  why TEXT,
  PRIMARY KEY (office_id, talk_id, seq),
  FOREIGN KEY (office_id, talk_id) REFERENCES plan_talk (office_id, id)
);

-- What the office sets for a kind of help; the newest row holds. No tasks: ours hold. No months: the rule of the office.
CREATE TABLE help_setting (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  help TEXT NOT NULL,
  tasks TEXT,
  review_months BIGINT,
  set_by UUID NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, set_by) REFERENCES account (office_id, id)
);
CREATE INDEX help_setting_by_help ON help_setting (office_id, help, id);

-- Every how many months one help is looked at, where that was set for it alone; the newest row holds.
CREATE TABLE review_rhythm (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  commission_id UUID NOT NULL,
  months BIGINT NOT NULL CHECK (months > 0),
  why TEXT NOT NULL,
  set_by UUID NOT NULL,
  set_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, set_by) REFERENCES account (office_id, id)
);
CREATE INDEX review_rhythm_by_case ON review_rhythm (office_id, case_id, id);

-- Which help a review looked at; none where nothing was commissioned.
ALTER TABLE review ADD COLUMN commission_id UUID;

-- Agreements on the transition to another carrier (§ 36b SGB VIII); each saving is a version, only added to.
CREATE TABLE transition (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  carrier_kind TEXT NOT NULL,
  carrier TEXT NOT NULL,
  changes_on TEXT NOT NULL,
  talk_on TEXT,
  -- One person a line.
  participants TEXT NOT NULL,
  goals TEXT NOT NULL,
  goes_on TEXT NOT NULL,
  steps TEXT NOT NULL,
  family_says TEXT,
  -- What the other carrier is told; only with a consent (§ 36b(2), § 64 SGB VIII).
  told TEXT,
  consent_id UUID,
  agreed_by UUID NOT NULL,
  agreed_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, consent_id) REFERENCES case_consent (office_id, id),
  FOREIGN KEY (office_id, agreed_by) REFERENCES account (office_id, id),
  CHECK ((told IS NULL) = (consent_id IS NULL))
);
CREATE INDEX transition_by_case ON transition (office_id, case_id, id);
