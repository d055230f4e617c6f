-- SPDX-License-Identifier: EUPL-1.2
-- People and their legal roles, protected addresses, the intake board, areas, counselling under § 8(3),
-- and what an office may set for itself.

-- Persons of several cases that are one human being share `human_id`; a doubled entry of one case points at the one
-- that stays. Nothing is rewritten, so that joining can be undone.
ALTER TABLE person ADD COLUMN human_id UUID;
ALTER TABLE person ADD COLUMN merged_into UUID;
ALTER TABLE person ADD COLUMN language TEXT;
ALTER TABLE person ADD COLUMN interpreter TEXT;
CREATE INDEX person_by_human ON person (office_id, human_id, id);
-- Since when somebody of the case has a protected address: its space is not shown any more.
ALTER TABLE case_file ADD COLUMN sealed_since TEXT;
-- When a session was last used.
ALTER TABLE session ADD COLUMN seen_at BIGINT;

CREATE TABLE person_join (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  kept_id UUID NOT NULL,
  joined_id UUID NOT NULL,
  why TEXT NOT NULL,
  joined_by UUID NOT NULL,
  joined_at BIGINT NOT NULL,
  undone_by UUID,
  undone_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, kept_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, joined_id) REFERENCES person (office_id, id)
);
CREATE INDEX person_join_by_case ON person_join (office_id, case_id, id);

-- Who each person was before a joining; only added to.
CREATE TABLE person_join_row (
  office_id UUID NOT NULL,
  join_id UUID NOT NULL,
  person_id UUID NOT NULL,
  before_human UUID NOT NULL,
  PRIMARY KEY (office_id, join_id, person_id),
  FOREIGN KEY (office_id, join_id) REFERENCES person_join (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);

-- Words of names of families and persons, as search keys.
CREATE TABLE case_word (
  office_id UUID NOT NULL,
  word TEXT NOT NULL,
  case_id UUID NOT NULL,
  whose UUID NOT NULL,
  sound TEXT NOT NULL,
  PRIMARY KEY (office_id, word, case_id, whose),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX case_word_by_sound ON case_word (office_id, sound, case_id);
CREATE INDEX case_word_by_case ON case_word (office_id, case_id, word);
CREATE INDEX case_word_by_whose ON case_word (office_id, whose);

-- How to reach somebody; `digits_back` is the number from its end, for those who know its last digits.
CREATE TABLE person_contact (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'mail')),
  shown TEXT NOT NULL,
  digits TEXT NOT NULL,
  digits_back TEXT NOT NULL,
  ended_on TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);
CREATE INDEX contact_by_case ON person_contact (office_id, case_id, id);
CREATE INDEX contact_by_digits ON person_contact (office_id, digits);
CREATE INDEX contact_by_end ON person_contact (office_id, digits_back);

-- Custody, guardianship and other roles in law towards a child. An end is added, nothing is overwritten.
CREATE TABLE legal_role (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  child_id UUID NOT NULL,
  holder_id UUID,
  holder_name TEXT,
  kind TEXT NOT NULL,
  scope TEXT,
  valid_from TEXT,
  valid_until TEXT,
  proof TEXT NOT NULL,
  proof_of TEXT,
  proof_words TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  ended_on TEXT,
  ended_by UUID,
  ended_why TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, child_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, holder_id) REFERENCES person (office_id, id),
  CHECK ((holder_id IS NULL) <> (holder_name IS NULL))
);
CREATE INDEX legal_role_by_case ON legal_role (office_id, case_id, id);

-- Where somebody lived. Of a person with a protected address there is no row here.
CREATE TABLE residence (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  place TEXT NOT NULL,
  with_whom TEXT,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);
CREATE INDEX residence_by_case ON residence (office_id, case_id, valid_from, id);
CREATE INDEX residence_by_person ON residence (office_id, person_id);

-- A protected address (§ 51 BMG): that it is there and why; its words stand in `sealed_place` alone.
CREATE TABLE sealed_address (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  reason TEXT NOT NULL,
  why TEXT NOT NULL,
  sealed_on TEXT NOT NULL,
  review_on TEXT NOT NULL,
  sealed_by UUID NOT NULL,
  lifted_on TEXT,
  lifted_by UUID,
  lifted_why TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);
CREATE INDEX sealed_by_person ON sealed_address (office_id, person_id);
CREATE INDEX sealed_by_case ON sealed_address (office_id, case_id, id);

CREATE TABLE sealed_place (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  seal_id UUID NOT NULL,
  place TEXT NOT NULL,
  street_key TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('typed', 'residence', 'report')),
  valid_from TEXT,
  valid_until TEXT,
  recorded_by UUID NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, seal_id) REFERENCES sealed_address (office_id, id)
);
CREATE INDEX sealed_place_by_seal ON sealed_place (office_id, seal_id, id);

-- Each look at a protected address, with its reason; only added to.
CREATE TABLE sealed_look (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  seal_id UUID NOT NULL,
  seen_by UUID NOT NULL,
  seen_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, seal_id) REFERENCES sealed_address (office_id, id),
  FOREIGN KEY (office_id, seen_by) REFERENCES account (office_id, id)
);
CREATE INDEX sealed_look_by_seal ON sealed_look (office_id, seal_id, id);

-- Where each report stands on the board.
CREATE TABLE report_desk (
  office_id UUID NOT NULL,
  report_id UUID NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('new', 'assessment', 'clarification', 'decision', 'closed')),
  urgency TEXT NOT NULL CHECK (urgency IN ('at-once', 'today', 'week', 'normal')),
  owner_id UUID,
  danger TEXT NOT NULL,
  step_since BIGINT NOT NULL,
  outcome TEXT,
  feedback TEXT NOT NULL CHECK (feedback IN ('none', 'due', 'given')),
  PRIMARY KEY (office_id, report_id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  FOREIGN KEY (office_id, owner_id) REFERENCES account (office_id, id),
  CHECK (danger <> 'signs' OR owner_id IS NOT NULL),
  CHECK ((step = 'closed') = (outcome IS NOT NULL))
);
CREATE INDEX report_desk_by_step ON report_desk (office_id, step, report_id);
CREATE INDEX report_desk_by_feedback ON report_desk (office_id, feedback, report_id);

-- How a report went over the board; only added to.
CREATE TABLE report_step (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  report_id UUID NOT NULL,
  step TEXT NOT NULL,
  urgency TEXT NOT NULL,
  owner_id UUID,
  outcome TEXT,
  why TEXT,
  moved_by UUID NOT NULL,
  moved_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id)
);
CREATE INDEX report_step_by_report ON report_step (office_id, report_id, id);

-- What a professional reporter was told: the facts of § 64(4) SGB VIII and nothing else (N7); only added to.
CREATE TABLE report_feedback (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  report_id UUID NOT NULL,
  confirmed TEXT NOT NULL CHECK (confirmed IN ('yes', 'no')),
  became_active TEXT NOT NULL CHECK (became_active IN ('yes', 'no')),
  still_active TEXT NOT NULL CHECK (still_active IN ('yes', 'no')),
  family_told TEXT NOT NULL CHECK (family_told IN ('told', 'protection')),
  told_on TEXT NOT NULL,
  told_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  CHECK (still_active = 'no' OR became_active = 'yes')
);
CREATE INDEX report_feedback_by_report ON report_feedback (office_id, report_id, id);

-- The area of a case, with reason, from a day on; only added to.
CREATE TABLE case_area (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  area TEXT NOT NULL CHECK (area IN ('service', 'clarification', 'danger')),
  since TEXT NOT NULL,
  facts TEXT NOT NULL,
  reading TEXT,
  professionals TEXT NOT NULL,
  decided_by UUID NOT NULL,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX case_area_by_case ON case_area (office_id, case_id, id);

-- What must be clear by when.
CREATE TABLE clarification (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  area_id UUID NOT NULL,
  due_on TEXT NOT NULL,
  opened_by UUID NOT NULL,
  closed_on TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, area_id) REFERENCES case_area (office_id, id)
);
CREATE INDEX clarification_by_case ON clarification (office_id, case_id, id);
CREATE INDEX clarification_by_due ON clarification (office_id, closed_on, due_on);

CREATE TABLE clarification_question (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  clarification_id UUID NOT NULL,
  words TEXT NOT NULL,
  answer TEXT,
  answered_on TEXT,
  answered_by UUID,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, clarification_id) REFERENCES clarification (office_id, id)
);
CREATE INDEX question_by_clarification ON clarification_question (office_id, clarification_id, id);

-- What the office or a court demands: never among the goals, which belong to the family.
CREATE TABLE case_condition (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  words TEXT NOT NULL,
  evidence TEXT NOT NULL,
  ground TEXT NOT NULL CHECK (ground IN ('office', 'court')),
  set_on TEXT NOT NULL,
  check_on TEXT NOT NULL,
  set_by UUID NOT NULL,
  lifted_on TEXT,
  lifted_why TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX case_condition_by_case ON case_condition (office_id, case_id, id);

-- Whether a condition was met, by what was seen; only added to.
CREATE TABLE condition_check (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  condition_id UUID NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('met', 'partly', 'not-met')),
  seen TEXT NOT NULL,
  checked_on TEXT NOT NULL,
  next_on TEXT,
  checked_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, condition_id) REFERENCES case_condition (office_id, id)
);
CREATE INDEX condition_check_by_condition ON condition_check (office_id, condition_id, id);

-- Counselling of a child without its parents' knowledge (§ 8(3) SGB VIII). It belongs to no case, so that nothing that
-- is made of a case can tell of it (N18).
CREATE TABLE counsel (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  worker_id UUID NOT NULL,
  child TEXT NOT NULL,
  begun_on TEXT NOT NULL,
  why_silent TEXT NOT NULL,
  ended_on TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, worker_id) REFERENCES account (office_id, id)
);
CREATE INDEX counsel_by_worker ON counsel (office_id, worker_id, id);

CREATE TABLE counsel_entry (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  counsel_id UUID NOT NULL,
  on_day TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, counsel_id) REFERENCES counsel (office_id, id)
);
CREATE INDEX counsel_entry_by_counsel ON counsel_entry (office_id, counsel_id, id);

-- A post that needs a second person before it is held.
CREATE TABLE post_proposal (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  role TEXT NOT NULL,
  region_id UUID,
  team_id UUID,
  proposed_by UUID NOT NULL,
  proposed_at BIGINT NOT NULL,
  settled TEXT CHECK (settled IN ('released', 'declined')),
  settled_by UUID,
  settled_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, user_id) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  CHECK (settled <> 'released' OR (settled_by <> proposed_by AND settled_by <> user_id))
);
CREATE INDEX post_proposal_by_state ON post_proposal (office_id, settled, id);

-- What an office sets for itself, where the law leaves it open.
CREATE TABLE house_rule (
  office_id UUID NOT NULL,
  code TEXT NOT NULL,
  value BIGINT NOT NULL,
  set_by UUID NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, code)
);
