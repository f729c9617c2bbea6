-- What the query line looks at before it looks at posts (core/query/README.md). Both tables can be made anew from the
-- others at any time; what they do not cover is looked at post by post.

-- Posts that were imported one after another, some thousand of them. Digests are those of core/query/search_text.h.
CREATE TABLE post_chunks (
    first_post  INTEGER PRIMARY KEY,
    last_post   INTEGER NOT NULL CHECK (last_post >= first_post),
    posts       INTEGER NOT NULL,
    pictures    INTEGER NOT NULL,            -- posts that name a picture
    least_words INTEGER NOT NULL,
    most_words  INTEGER NOT NULL,
    splits      TEXT NOT NULL,               -- joined by line feeds
    gold_digest INTEGER NOT NULL,            -- a sum over the entities: equal digests are equal entities
    gold_types  BLOB,
    ids         BLOB,
    words       BLOB,
    pairs       BLOB
) STRICT;

-- What a run's layer says of such posts. Taken away with whatever else the layer holds when it is replaced.
CREATE TABLE layer_chunks (
    layer            INTEGER NOT NULL REFERENCES layers(id) ON DELETE CASCADE,
    first_post       INTEGER NOT NULL,
    digest           INTEGER NOT NULL,
    types            BLOB,
    least_confidence REAL,
    most_confidence  REAL,
    PRIMARY KEY (layer, first_post)
) STRICT, WITHOUT ROWID;

CREATE INDEX posts_flagged ON posts (flagged) WHERE flagged = 1;
