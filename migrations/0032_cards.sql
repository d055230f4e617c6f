-- SPDX-License-Identifier: EUPL-1.2
-- Cards: what a joining gave, what stood where something was proposed, when a card was last written, what a person can do
-- and likes to receive.

-- It held a copy of the whole kept card, which outlived consents. From now on it holds what the kept card took.
DELETE FROM card_merge_field;

-- What stood in the field when its owner proposed something else; nothing if it was empty.
ALTER TABLE card_proposal ADD COLUMN stood TEXT;

-- When what stands on the card was last written; nothing if never since it was added.
ALTER TABLE card ADD COLUMN written_at BIGINT;

-- What a private person can do, and what she or he likes to receive.
ALTER TABLE card ADD COLUMN skills TEXT;
ALTER TABLE card ADD COLUMN likes TEXT;
