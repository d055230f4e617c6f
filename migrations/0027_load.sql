-- SPDX-License-Identifier: EUPL-1.2
-- What a team carries today is counted by an index, however many cases have ended.
CREATE INDEX case_by_load ON case_file (office_id, team_id, stage, worker_id);
