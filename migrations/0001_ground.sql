-- SPDX-License-Identifier: EUPL-1.2
-- The ground: every table of the first flow, for SQLite and PostgreSQL alike.
-- office_id leads every key and index. No triggers, no foreign key across offices, nothing that one engine lacks.

CREATE TABLE office (
  office_id UUID NOT NULL,
  name TEXT NOT NULL,
  founded_at BIGINT NOT NULL,
  case_year BIGINT NOT NULL,
  case_count BIGINT NOT NULL,
  PRIMARY KEY (office_id)
);

-- audit -----------------------------------------------------------------------------------------------

CREATE TABLE audit_head (
  office_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (office_id)
);

CREATE TABLE audit_entry (
  office_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  at BIGINT NOT NULL,
  user_id UUID NOT NULL,
  action TEXT NOT NULL,
  deed TEXT NOT NULL,
  object_id UUID NOT NULL,
  case_id UUID,
  hash TEXT NOT NULL,
  PRIMARY KEY (office_id, seq)
);
CREATE INDEX audit_by_case ON audit_entry (office_id, case_id, seq);

-- territory -------------------------------------------------------------------------------------------

CREATE TABLE region (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, name)
);

CREATE TABLE team (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  region_id UUID NOT NULL,
  name TEXT NOT NULL,
  duty_desk_since TEXT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, name),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id)
);
CREATE INDEX team_by_region ON team (office_id, region_id);

CREATE TABLE social_space (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  region_id UUID NOT NULL,
  team_id UUID NOT NULL,
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, key),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id)
);

CREATE TABLE territory_edition (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('boundaries', 'streets')),
  valid_from TEXT NOT NULL,
  imported_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX edition_by_day ON territory_edition (office_id, kind, valid_from, imported_at);

CREATE TABLE boundary (
  office_id UUID NOT NULL,
  edition_id UUID NOT NULL,
  space_id UUID NOT NULL,
  shape TEXT NOT NULL,
  PRIMARY KEY (office_id, edition_id, space_id),
  FOREIGN KEY (office_id, edition_id) REFERENCES territory_edition (office_id, id),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id)
);

CREATE TABLE street_range (
  office_id UUID NOT NULL,
  edition_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  street TEXT NOT NULL,
  postcode TEXT,
  place TEXT,
  odd_from TEXT,
  odd_to TEXT,
  even_from TEXT,
  even_to TEXT,
  key TEXT NOT NULL,
  PRIMARY KEY (office_id, edition_id, seq),
  FOREIGN KEY (office_id, edition_id) REFERENCES territory_edition (office_id, id)
);

-- agencies --------------------------------------------------------------------------------------------

CREATE TABLE agency (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  contact TEXT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, name_key)
);

CREATE TABLE team_seat (
  office_id UUID NOT NULL,
  team_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  PRIMARY KEY (office_id, team_id, agency_id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);

-- access ----------------------------------------------------------------------------------------------

CREATE TABLE account (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  name TEXT NOT NULL,
  email TEXT NOT NULL,
  agency_id UUID,
  password_hash TEXT,
  demo_key TEXT,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, email),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);

CREATE TABLE post (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  role TEXT NOT NULL,
  region_id UUID,
  team_id UUID,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, user_id) REFERENCES account (office_id, id),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id)
);
CREATE INDEX post_by_user ON post (office_id, user_id);
CREATE INDEX post_by_team ON post (office_id, team_id);

CREATE TABLE session (
  office_id UUID NOT NULL,
  token_hash TEXT NOT NULL,
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  started_at BIGINT NOT NULL,
  ends_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, token_hash),
  FOREIGN KEY (office_id, user_id) REFERENCES account (office_id, id)
);
CREATE INDEX session_by_user ON session (office_id, user_id);

CREATE TABLE idempotency (
  office_id UUID NOT NULL,
  user_id UUID NOT NULL,
  key UUID NOT NULL,
  fingerprint UUID NOT NULL,
  outcome UUID NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (office_id, key, user_id)
);
CREATE INDEX idempotency_by_age ON idempotency (office_id, at);

CREATE TABLE draft (
  office_id UUID NOT NULL,
  user_id UUID NOT NULL,
  form TEXT NOT NULL,
  field TEXT NOT NULL,
  words TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, user_id, form, field)
);

-- casework --------------------------------------------------------------------------------------------

CREATE TABLE case_file (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  number TEXT NOT NULL,
  family TEXT NOT NULL,
  family_key TEXT NOT NULL,
  family_sound TEXT NOT NULL,
  team_id UUID NOT NULL,
  space_id UUID,
  worker_id UUID NOT NULL,
  opened_on TEXT NOT NULL,
  danger_since TEXT,
  moved_at BIGINT NOT NULL,
  stage TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, number),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id),
  FOREIGN KEY (office_id, worker_id) REFERENCES account (office_id, id)
);
CREATE INDEX case_by_team ON case_file (office_id, team_id, moved_at, id);
CREATE INDEX case_by_worker ON case_file (office_id, worker_id, moved_at, id);
CREATE INDEX case_by_moved ON case_file (office_id, moved_at, id);
CREATE INDEX case_by_family ON case_file (office_id, family_key);
CREATE INDEX case_by_sound ON case_file (office_id, family_sound);
CREATE INDEX case_by_danger ON case_file (office_id, team_id, danger_since);

CREATE TABLE report (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  received_at BIGINT NOT NULL,
  channel TEXT NOT NULL,
  said TEXT NOT NULL,
  place TEXT NOT NULL,
  danger TEXT NOT NULL,
  family TEXT,
  family_key TEXT,
  family_sound TEXT,
  found TEXT NOT NULL,
  team_id UUID NOT NULL,
  space_id UUID,
  assigned_reason TEXT,
  case_id UUID,
  taken_by UUID NOT NULL,
  taken_at BIGINT NOT NULL,
  stage TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX report_by_board ON report (office_id, stage, received_at, id);
CREATE INDEX report_by_team ON report (office_id, team_id, stage, received_at);
CREATE INDEX report_by_case ON report (office_id, case_id);
CREATE INDEX report_by_family ON report (office_id, family_key);
CREATE INDEX report_by_sound ON report (office_id, family_sound);

CREATE TABLE reporter (
  office_id UUID NOT NULL,
  report_id UUID NOT NULL,
  kind TEXT NOT NULL,
  name TEXT,
  contact TEXT,
  PRIMARY KEY (office_id, report_id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id)
);

CREATE TABLE person (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  name_sound TEXT NOT NULL,
  role TEXT NOT NULL,
  born_on TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX person_by_case ON person (office_id, case_id, id);
CREATE INDEX person_by_name ON person (office_id, name_key);
CREATE INDEX person_by_sound ON person (office_id, name_sound);

CREATE TABLE statement (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  own_part TEXT,
  said_on TEXT NOT NULL,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  CHECK (kind <> 'will' OR (own_part IS NOT NULL AND person_id IS NOT NULL))
);
CREATE INDEX statement_by_case ON statement (office_id, case_id, said_on, id);

CREATE TABLE goal (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID NOT NULL,
  words TEXT NOT NULL,
  agreed_on TEXT NOT NULL,
  -- An action goal stands under its direction goal.
  parent_id UUID,
  due_on TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id),
  FOREIGN KEY (office_id, parent_id) REFERENCES goal (office_id, id)
);
CREATE INDEX goal_by_case ON goal (office_id, case_id, id);

CREATE TABLE strength (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  person_id UUID,
  field TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, person_id) REFERENCES person (office_id, id)
);
CREATE INDEX strength_by_case ON strength (office_id, case_id, id);

CREATE TABLE agenda_item (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  team_id UUID NOT NULL,
  label TEXT NOT NULL,
  question TEXT NOT NULL,
  sheet TEXT NOT NULL,
  meets_on TEXT NOT NULL,
  held_on TEXT,
  minutes TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, team_id) REFERENCES team (office_id, id)
);
CREATE INDEX agenda_by_team ON agenda_item (office_id, team_id, meets_on, id);
CREATE INDEX agenda_by_held ON agenda_item (office_id, held_on, team_id);
CREATE INDEX agenda_by_case ON agenda_item (office_id, case_id, meets_on);

CREATE TABLE idea (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  item_id UUID NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  said_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, item_id) REFERENCES agenda_item (office_id, id)
);
CREATE INDEX idea_by_item ON idea (office_id, item_id, id);

CREATE TABLE decision (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  granted TEXT NOT NULL CHECK (granted IN ('granted', 'refused')),
  help TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  reasons TEXT NOT NULL,
  rights_told_on TEXT,
  services TEXT,
  -- Hundredths of the unit.
  extent BIGINT CHECK (extent > 0),
  extent_unit TEXT,
  gaps_reason TEXT,
  review_on TEXT NOT NULL,
  decided_by UUID NOT NULL,
  decided_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX decision_by_case ON decision (office_id, case_id, decided_on);

CREATE TABLE decision_part (
  office_id UUID NOT NULL,
  decision_id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('professional', 'alternative', 'gap')),
  seq BIGINT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (office_id, decision_id, kind, seq),
  FOREIGN KEY (office_id, decision_id) REFERENCES decision (office_id, id)
);

CREATE TABLE plan_version (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  number BIGINT NOT NULL,
  decision_id UUID NOT NULL,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  fixed_at BIGINT NOT NULL,
  fixed_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, case_id, number),
  FOREIGN KEY (office_id, decision_id) REFERENCES decision (office_id, id)
);
CREATE INDEX plan_by_decision ON plan_version (office_id, decision_id);

-- budget ----------------------------------------------------------------------------------------------

CREATE TABLE pot (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  region_id UUID NOT NULL,
  year BIGINT NOT NULL,
  kind TEXT NOT NULL,
  version BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, region_id, year, kind),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id)
);
CREATE INDEX pot_by_year ON pot (office_id, year, region_id);

CREATE TABLE commission (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  decision_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  help TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  ceiling BIGINT NOT NULL CHECK (ceiling > 0),
  wish_told_on TEXT,
  wish_answer TEXT NOT NULL CHECK (wish_answer IN ('not-voiced', 'followed', 'too-costly', 'other-reason')),
  wish TEXT,
  wish_why TEXT,
  placed_by UUID NOT NULL,
  placed_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, decision_id) REFERENCES decision (office_id, id),
  -- No wish without its words, no words without a wish (§ 5 SGB VIII).
  CHECK ((wish_answer = 'not-voiced') = (wish IS NULL)),
  CHECK (wish_answer NOT IN ('too-costly', 'other-reason') OR wish_why IS NOT NULL),
  FOREIGN KEY (office_id, plan_id) REFERENCES plan_version (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);
CREATE INDEX commission_by_case ON commission (office_id, case_id, id);

CREATE TABLE promise (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  pot_id UUID NOT NULL,
  commission_id UUID,
  agency_id UUID,
  subject TEXT NOT NULL,
  paragraph TEXT NOT NULL,
  form TEXT NOT NULL,
  side TEXT NOT NULL,
  product TEXT NOT NULL,
  flow TEXT NOT NULL,
  promised BIGINT NOT NULL CHECK (promised >= 0),
  drawn BIGINT NOT NULL CHECK (drawn >= 0),
  advanced BIGINT NOT NULL CHECK (advanced >= 0),
  returned BIGINT NOT NULL CHECK (returned >= 0),
  promised_on TEXT NOT NULL,
  settled_on TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, pot_id) REFERENCES pot (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id),
  CHECK (promised >= drawn + advanced + returned)
);
CREATE INDEX promise_by_pot ON promise (office_id, pot_id, id);
CREATE INDEX promise_by_commission ON promise (office_id, commission_id, id);

-- The head of the chain of bookings: touched by each booking, so that they have one order.
CREATE TABLE ledger_head (
  office_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (office_id)
);

CREATE TABLE booking (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  note TEXT NOT NULL,
  resolution TEXT,
  promise_id UUID,
  commission_id UUID,
  agency_id UUID,
  counters UUID,
  paragraph TEXT,
  form TEXT,
  side TEXT,
  product TEXT,
  flow TEXT,
  booked_on TEXT NOT NULL,
  booked_at BIGINT NOT NULL,
  booked_by UUID NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, seq),
  FOREIGN KEY (office_id, promise_id) REFERENCES promise (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, counters) REFERENCES booking (office_id, id)
);
CREATE INDEX booking_by_promise ON booking (office_id, promise_id, seq);
CREATE INDEX booking_by_commission ON booking (office_id, commission_id, seq);
CREATE INDEX booking_by_countered ON booking (office_id, counters, seq);

-- One row is two postings: minus at the source, plus at the target. A row that does not sum to zero cannot be written.
CREATE TABLE ledger_entry (
  office_id UUID NOT NULL,
  booking_id UUID NOT NULL,
  line BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  pot_id UUID NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  PRIMARY KEY (office_id, booking_id, line),
  FOREIGN KEY (office_id, booking_id) REFERENCES booking (office_id, id),
  FOREIGN KEY (office_id, pot_id) REFERENCES pot (office_id, id),
  CHECK (source <> target)
);
CREATE INDEX ledger_by_pot ON ledger_entry (office_id, pot_id, seq);

-- Sums of a day, kept in the transaction of each booking and proven against the book by `verify`.
CREATE TABLE account_day (
  office_id UUID NOT NULL,
  pot_id UUID NOT NULL,
  account TEXT NOT NULL,
  booked_on TEXT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (office_id, pot_id, account, booked_on),
  FOREIGN KEY (office_id, pot_id) REFERENCES pot (office_id, id)
);

-- What was paid and received for a purpose out of a pot; kept and proven as the sums of a day are.
CREATE TABLE purpose_sum (
  office_id UUID NOT NULL,
  pot_id UUID NOT NULL,
  paragraph TEXT NOT NULL,
  form TEXT NOT NULL,
  side TEXT NOT NULL,
  product TEXT NOT NULL,
  flow TEXT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (office_id, pot_id, paragraph, form, side, product, flow),
  FOREIGN KEY (office_id, pot_id) REFERENCES pot (office_id, id)
);

CREATE TABLE top_up (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  pot_id UUID NOT NULL,
  commission_id UUID NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  reason TEXT NOT NULL,
  opened_on TEXT NOT NULL,
  covered BIGINT NOT NULL CHECK (covered >= 0),
  covered_on TEXT,
  resolution TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, pot_id) REFERENCES pot (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  CHECK (covered <= cents)
);
CREATE INDEX top_up_by_pot ON top_up (office_id, pot_id, opened_on);

CREATE TABLE top_up_cover (
  office_id UUID NOT NULL,
  top_up_id UUID NOT NULL,
  booking_id UUID NOT NULL,
  source TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  budget_line TEXT,
  resolution TEXT NOT NULL,
  covered_on TEXT NOT NULL,
  PRIMARY KEY (office_id, top_up_id, booking_id),
  FOREIGN KEY (office_id, top_up_id) REFERENCES top_up (office_id, id),
  FOREIGN KEY (office_id, booking_id) REFERENCES booking (office_id, id)
);
CREATE INDEX cover_by_booking ON top_up_cover (office_id, booking_id, top_up_id);

CREATE TABLE transfer (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  from_pot UUID NOT NULL,
  to_pot UUID NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  reason TEXT NOT NULL,
  resolution TEXT NOT NULL,
  top_up_id UUID,
  proposed_by UUID NOT NULL,
  proposed_at BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'withdrawn')),
  decided_by UUID,
  decided_at BIGINT,
  booking_id UUID,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, from_pot) REFERENCES pot (office_id, id),
  FOREIGN KEY (office_id, to_pot) REFERENCES pot (office_id, id),
  FOREIGN KEY (office_id, top_up_id) REFERENCES top_up (office_id, id),
  FOREIGN KEY (office_id, booking_id) REFERENCES booking (office_id, id),
  -- Four eyes, also for whoever finds another way to this table.
  CHECK (state <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> proposed_by AND booking_id IS NOT NULL))
);
CREATE INDEX transfer_by_state ON transfer (office_id, state, id);
CREATE INDEX transfer_by_top_up ON transfer (office_id, top_up_id, state);

CREATE TABLE year_act (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  year BIGINT NOT NULL,
  act TEXT NOT NULL,
  resolution TEXT NOT NULL,
  record TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  decided_by UUID NOT NULL,
  decided_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id)
);
CREATE INDEX year_act_by_year ON year_act (office_id, year, id);

-- exchange --------------------------------------------------------------------------------------------

CREATE TABLE transmission (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agency_id UUID NOT NULL,
  case_id UUID NOT NULL,
  kind TEXT NOT NULL,
  object_id UUID NOT NULL,
  ground TEXT NOT NULL,
  subject TEXT NOT NULL,
  content TEXT NOT NULL,
  -- Codes of the plan's sections in it, divided by blanks.
  sections TEXT NOT NULL,
  sent_by UUID NOT NULL,
  sent_at BIGINT NOT NULL,
  acknowledged_by UUID,
  acknowledged_at BIGINT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id)
);
CREATE INDEX transmission_by_agency ON transmission (office_id, agency_id, sent_at, id);
CREATE INDEX transmission_by_object ON transmission (office_id, object_id, agency_id);
CREATE INDEX transmission_by_case ON transmission (office_id, case_id, sent_at);
