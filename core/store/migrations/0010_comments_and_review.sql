-- A post can be put aside: looked at, and neither open nor done. As with flags, `status` keeps its three words: a post that
-- is skipped says 'open' (or 'flagged') there, so that what is done is still counted by its index alone.
ALTER TABLE posts ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1));
ALTER TABLE posts ADD COLUMN review TEXT NOT NULL DEFAULT 'none' CHECK (review IN ('none', 'to-review', 'accepted', 'returned'));
CREATE INDEX posts_skipped ON posts (split) WHERE skipped = 1;
CREATE INDEX posts_reviewed ON posts (review, split) WHERE review <> 'none';
ALTER TABLE layer_posts ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1));
ALTER TABLE layer_posts ADD COLUMN review TEXT NOT NULL DEFAULT 'none' CHECK (review IN ('none', 'to-review', 'accepted', 'returned'));

-- The layer in which a comment was written; NULL: the corrected one. A change of a layer touches its own comments alone.
ALTER TABLE comments ADD COLUMN layer INTEGER REFERENCES layers(id) ON DELETE CASCADE;
