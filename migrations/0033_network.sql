-- SPDX-License-Identifier: EUPL-1.2
-- The network: words that go while hours stay, partners one works with no more, former versions of projects, kinds of figures.

-- Words about people may be put right and must go one day; who was met, and for how long, stays as proof of work.
ALTER TABLE contact ADD COLUMN corrected_on TEXT;
ALTER TABLE contact ADD COLUMN erased_on TEXT;
CREATE INDEX contact_by_space ON contact (office_id, space_id, held_on, id);
CREATE INDEX contact_by_words ON contact (office_id, erased_on, held_on, id);

ALTER TABLE partner ADD COLUMN ended_on TEXT;
ALTER TABLE partner ADD COLUMN ended_why TEXT;

-- Nothing stands for the first version, of a project and of what was said about it.
ALTER TABLE project ADD COLUMN version BIGINT;
ALTER TABLE project_step ADD COLUMN version BIGINT;
ALTER TABLE project_cost ADD COLUMN version BIGINT;

-- What a project said before it was changed; only added to.
CREATE TABLE project_version (
  office_id UUID NOT NULL,
  project_id UUID NOT NULL,
  number BIGINT NOT NULL,
  title TEXT NOT NULL,
  found_in TEXT NOT NULL,
  need TEXT NOT NULL,
  goals TEXT NOT NULL,
  help_link TEXT NOT NULL,
  terms TEXT NOT NULL,
  planned_minutes BIGINT,
  left_by UUID NOT NULL,
  left_on TEXT NOT NULL,
  PRIMARY KEY (office_id, project_id, number),
  FOREIGN KEY (office_id, project_id) REFERENCES project (office_id, id),
  FOREIGN KEY (office_id, left_by) REFERENCES account (office_id, id)
);

-- What is counted; nothing stands for people or households, whose small numbers are kept. And of which figure it is a part.
ALTER TABLE space_figure ADD COLUMN kind TEXT;
ALTER TABLE space_figure ADD COLUMN part_of TEXT;
