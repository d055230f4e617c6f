-- SPDX-License-Identifier: EUPL-1.2
-- What pages read instead of a history.

-- What was paid for a commission for the months of a year, and the last of them. Kept with each payment, so that the
-- forecast of a city reads one row a help and not one a payment; `verify` proves it.
CREATE TABLE commission_paid (
  office_id UUID NOT NULL,
  year BIGINT NOT NULL,
  commission_id UUID NOT NULL,
  cents BIGINT NOT NULL,
  last_month TEXT NOT NULL,
  PRIMARY KEY (office_id, year, commission_id),
  FOREIGN KEY (office_id, commission_id) REFERENCES commission (office_id, id)
);
