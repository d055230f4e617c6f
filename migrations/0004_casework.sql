-- SPDX-License-Identifier: EUPL-1.2
-- Casework after the first flow: who looked at a reporter.

-- Each look at who reported, with its reason; only added to (§ 65 SGB VIII by analogy).
CREATE TABLE reporter_look (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  report_id UUID NOT NULL,
  seen_by UUID NOT NULL,
  seen_at BIGINT NOT NULL,
  reason TEXT,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, report_id) REFERENCES report (office_id, id),
  FOREIGN KEY (office_id, seen_by) REFERENCES account (office_id, id)
);
CREATE INDEX reporter_look_by_report ON reporter_look (office_id, report_id, id);
