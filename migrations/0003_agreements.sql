-- SPDX-License-Identifier: EUPL-1.2
-- Agreements, prices, plans of performance, proofs, invoices, instalments, contingents, kept forecasts.
-- What was agreed, proven, paid or foreseen is only ever added to.

CREATE TABLE agreement (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('77', '78b', '36a-2', '74')),
  title TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  agreed_on TEXT NOT NULL,
  child_protection TEXT NOT NULL CHECK (child_protection IN ('yes', 'no')),
  record_checks TEXT NOT NULL CHECK (record_checks IN ('yes', 'no')),
  supersedes_id UUID,
  made_by UUID NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, supersedes_id) REFERENCES agreement (office_id, id),
  CHECK (valid_from >= agreed_on)
);
CREATE INDEX agreement_by_follower ON agreement (office_id, supersedes_id, valid_from);

CREATE TABLE agreement_member (
  office_id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  share BIGINT NOT NULL CHECK (share > 0),
  PRIMARY KEY (office_id, agreement_id, agency_id),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);
CREATE INDEX agreement_by_agency ON agreement_member (office_id, agency_id, agreement_id);

CREATE TABLE agreement_help (
  office_id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  help TEXT NOT NULL,
  PRIMARY KEY (office_id, agreement_id, help),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id)
);

CREATE TABLE agreement_space (
  office_id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  space_id UUID NOT NULL,
  PRIMARY KEY (office_id, agreement_id, space_id),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id),
  FOREIGN KEY (office_id, space_id) REFERENCES social_space (office_id, id)
);

CREATE TABLE agreement_term (
  office_id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (office_id, agreement_id, kind),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id)
);

CREATE TABLE rate (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  help TEXT NOT NULL,
  unit TEXT NOT NULL,
  hour TEXT NOT NULL,
  travel TEXT NOT NULL,
  qualification TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  valid_from TEXT NOT NULL,
  valid_until TEXT,
  agreed_on TEXT NOT NULL,
  made_by UUID NOT NULL,
  made_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id),
  CHECK (valid_from >= agreed_on)
);
CREATE INDEX rate_by_agreement ON rate (office_id, agreement_id, help, valid_from, id);

-- Beside the commission: what is to be rendered, at which price, as it was on that day.
CREATE TABLE commission_plan (
  office_id UUID NOT NULL,
  commission_id UUID NOT NULL,
  rate_id UUID,
  unit TEXT NOT NULL,
  hour TEXT NOT NULL,
  travel TEXT NOT NULL,
  qualification TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  quantity BIGINT NOT NULL CHECK (quantity >= 0),
  weeks_off BIGINT NOT NULL,
  pause TEXT NOT NULL,
  longer_days BIGINT,
  PRIMARY KEY (office_id, commission_id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, rate_id) REFERENCES rate (office_id, id)
);
CREATE INDEX commission_by_end ON commission (office_id, valid_until, valid_from);
CREATE INDEX commission_by_agency ON commission (office_id, agency_id, valid_from);

CREATE TABLE school_holiday (
  office_id UUID NOT NULL,
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (office_id, valid_from)
);

-- An agency's own side: it hangs on the copy that was sent, never on the office's case (N1).
CREATE TABLE service_proof (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  transmission_id UUID NOT NULL,
  month TEXT NOT NULL,
  quantity BIGINT NOT NULL CHECK (quantity >= 0),
  entered_by UUID NOT NULL,
  entered_at BIGINT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, transmission_id) REFERENCES transmission (office_id, id)
);
CREATE INDEX proof_by_transmission ON service_proof (office_id, transmission_id, month, entered_at, id);

CREATE TABLE invoice (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agency_id UUID NOT NULL,
  number TEXT NOT NULL,
  dated_on TEXT NOT NULL,
  entered_by UUID NOT NULL,
  entered_at BIGINT NOT NULL,
  exception TEXT,
  over_reason TEXT,
  paid_on TEXT,
  paid_by UUID,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, agency_id, number),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);
CREATE INDEX invoice_by_time ON invoice (office_id, entered_at, id);

CREATE TABLE invoice_line (
  office_id UUID NOT NULL,
  invoice_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  case_number TEXT NOT NULL,
  month TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (office_id, invoice_id, seq),
  FOREIGN KEY (office_id, invoice_id) REFERENCES invoice (office_id, id)
);

-- What was paid for a commission and a month, and what the check found, as it was on that day.
CREATE TABLE payment (
  office_id UUID NOT NULL,
  invoice_id UUID NOT NULL,
  seq BIGINT NOT NULL,
  commission_id UUID,
  region_id UUID,
  month TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents >= 0),
  findings TEXT NOT NULL,
  PRIMARY KEY (office_id, invoice_id, seq),
  FOREIGN KEY (office_id, invoice_id) REFERENCES invoice (office_id, id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id)
);
CREATE INDEX payment_by_commission ON payment (office_id, commission_id, month, cents);
CREATE INDEX payment_by_month ON payment (office_id, month, region_id, commission_id, cents);

-- Kept with each payment and each proof, so that a page reads no history; `verify` proves both.
CREATE TABLE payment_sum (
  office_id UUID NOT NULL,
  month TEXT NOT NULL,
  region_id UUID NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (office_id, month, region_id),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id)
);

CREATE TABLE unpaid_proof (
  office_id UUID NOT NULL,
  transmission_id UUID NOT NULL,
  month TEXT NOT NULL,
  agency_id UUID NOT NULL,
  PRIMARY KEY (office_id, transmission_id, month),
  FOREIGN KEY (office_id, transmission_id) REFERENCES transmission (office_id, id)
);
CREATE INDEX unpaid_by_agency ON unpaid_proof (office_id, agency_id, month);

CREATE TABLE instalment_plan (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  region_id UUID NOT NULL,
  year BIGINT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  made_by UUID NOT NULL,
  made_on TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  UNIQUE (office_id, agreement_id, region_id, year),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id)
);

CREATE TABLE instalment (
  office_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  due_on TEXT NOT NULL,
  cents BIGINT NOT NULL CHECK (cents > 0),
  promise_id UUID NOT NULL,
  paid_on TEXT,
  PRIMARY KEY (office_id, plan_id, agency_id, due_on),
  FOREIGN KEY (office_id, promise_id) REFERENCES promise (office_id, id),
  FOREIGN KEY (office_id, plan_id) REFERENCES instalment_plan (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);

CREATE TABLE contract_settlement (
  office_id UUID NOT NULL,
  plan_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  proven BIGINT NOT NULL,
  paid BIGINT NOT NULL,
  bonus BIGINT NOT NULL,
  note TEXT NOT NULL,
  settled_on TEXT NOT NULL,
  settled_by UUID NOT NULL,
  PRIMARY KEY (office_id, plan_id, agency_id),
  FOREIGN KEY (office_id, plan_id) REFERENCES instalment_plan (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);

CREATE TABLE contingent (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  agency_id UUID NOT NULL,
  unit TEXT NOT NULL,
  agreed BIGINT NOT NULL CHECK (agreed > 0),
  cents BIGINT NOT NULL CHECK (cents > 0),
  valid_from TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id),
  FOREIGN KEY (office_id, agency_id) REFERENCES agency (office_id, id)
);
CREATE INDEX contingent_by_agency ON contingent (office_id, agency_id, valid_from, id);

-- A day and a number: no person, no case, no word (§ 36a(2); N10).
CREATE TABLE contingent_use (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  contingent_id UUID NOT NULL,
  used_on TEXT NOT NULL,
  count BIGINT NOT NULL CHECK (count > 0),
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, contingent_id) REFERENCES contingent (office_id, id)
);
CREATE INDEX contingent_use_by_day ON contingent_use (office_id, contingent_id, used_on, count);

CREATE TABLE kept_forecast (
  office_id UUID NOT NULL,
  region_id UUID NOT NULL,
  as_of TEXT NOT NULL,
  cents BIGINT NOT NULL,
  PRIMARY KEY (office_id, region_id, as_of),
  FOREIGN KEY (office_id, region_id) REFERENCES region (office_id, id)
);
