-- SPDX-License-Identifier: EUPL-1.2
-- The overload quota of an agreement, once and for good: another one is another agreement. And the way from an open
-- promise to the instalments that wait for it.

CREATE TABLE overload_quota (
  office_id UUID NOT NULL,
  agreement_id UUID NOT NULL,
  fund BIGINT NOT NULL CHECK (fund > 0),
  contracted_percent BIGINT NOT NULL CHECK (contracted_percent >= 0 AND contracted_percent <= 100),
  capacity BIGINT NOT NULL CHECK (capacity >= 0),
  overload_percent BIGINT NOT NULL CHECK (overload_percent >= 0 AND overload_percent <= 100),
  agreed_at BIGINT NOT NULL,
  agreed_by UUID NOT NULL,
  PRIMARY KEY (office_id, agreement_id),
  FOREIGN KEY (office_id, agreement_id) REFERENCES agreement (office_id, id),
  FOREIGN KEY (office_id, agreed_by) REFERENCES account (office_id, id)
);
CREATE INDEX overload_by_person ON overload_quota (office_id, agreed_by);

CREATE INDEX instalment_by_promise ON instalment (office_id, promise_id, due_on);
