-- A post can be done and flagged: the flag has its own column. `status` keeps its three words: 'flagged' is open and
-- flagged, a done post says 'done', so that counting what is done still needs the index alone.
ALTER TABLE posts ADD COLUMN flagged INTEGER NOT NULL DEFAULT 0 CHECK (flagged IN (0, 1));
UPDATE posts SET flagged = 1 WHERE status = 'flagged';
