-- SPDX-License-Identifier: EUPL-1.2
-- Which decided distribution became the plan of a year, and what was delivered to municipal finance. Only added to.

CREATE TABLE allocation_booked (
  office_id UUID NOT NULL,
  year BIGINT NOT NULL,
  allocation_id UUID NOT NULL,
  booked_at BIGINT NOT NULL,
  booked_by UUID NOT NULL,
  PRIMARY KEY (office_id, year),
  FOREIGN KEY (office_id, allocation_id) REFERENCES allocation_decision (office_id, allocation_id)
);
CREATE INDEX allocation_booked_of ON allocation_booked (office_id, allocation_id);

CREATE TABLE delivery (
  office_id UUID NOT NULL,
  number BIGINT NOT NULL CHECK (number >= 1),
  columns TEXT NOT NULL,
  first_seq BIGINT NOT NULL,
  last_seq BIGINT NOT NULL CHECK (last_seq >= first_seq),
  made_at BIGINT NOT NULL,
  made_by UUID NOT NULL,
  PRIMARY KEY (office_id, number)
);
