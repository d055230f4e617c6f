-- SPDX-License-Identifier: EUPL-1.2
-- Casework after the first flow: looks at reporters, ratings of goals.

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

-- How far a goal was reached, as one of the four raters said on a day; only added to.
CREATE TABLE goal_rating (
  office_id UUID NOT NULL,
  id UUID NOT NULL,
  case_id UUID NOT NULL,
  goal_id UUID NOT NULL,
  rater TEXT NOT NULL CHECK (rater IN ('child', 'family', 'agency', 'office')),
  level TEXT NOT NULL CHECK (level IN ('not-reached', 'begun', 'half', 'mostly', 'reached', 'dropped')),
  said_on TEXT NOT NULL,
  words TEXT,
  recorded_by UUID NOT NULL,
  PRIMARY KEY (office_id, id),
  FOREIGN KEY (office_id, case_id) REFERENCES case_file (office_id, id),
  FOREIGN KEY (office_id, goal_id) REFERENCES goal (office_id, id),
  FOREIGN KEY (office_id, recorded_by) REFERENCES account (office_id, id)
);
CREATE INDEX goal_rating_by_case ON goal_rating (office_id, case_id, said_on, id);
