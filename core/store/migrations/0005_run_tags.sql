-- What a run said of each word, to the letter, one tag a line: its entities do not tell of an X or of an I without B, and
-- the rules of scoring differ on just these. NULL: the tags that the entities spell.
ALTER TABLE layer_posts ADD COLUMN tags BLOB;
