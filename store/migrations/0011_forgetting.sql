-- Of which database it is, so that it goes with what else is known of that. What is older belongs to none.
ALTER TABLE datachat.wordings ADD COLUMN database text COLLATE "C";
ALTER TABLE datachat.rejected_datapoints ADD COLUMN database text COLLATE "C";
