-- Layers that people make beside the corrected one. `blind`: it was made without a sight of gold, suggestions and other
-- layers. Such a layer has a status of its own for each post it covers, and a history of its own.
CREATE TABLE annotators (
    layer INTEGER PRIMARY KEY REFERENCES layers(id) ON DELETE CASCADE,
    blind INTEGER NOT NULL CHECK (blind IN (0, 1))
) STRICT;
ALTER TABLE layer_posts ADD COLUMN status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'flagged', 'done-flagged'));

-- The layer that a row of the journal is about; NULL: the corrected one.
ALTER TABLE journal ADD COLUMN layer INTEGER REFERENCES layers(id);

-- What was decided where annotators disagree (error-analysis.md 6), by its natural key: the words.
CREATE TABLE decisions (
    post         INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    first_word   INTEGER NOT NULL CHECK (first_word >= 0),
    last_word    INTEGER NOT NULL CHECK (last_word >= first_word),
    cause        TEXT NOT NULL,               -- empty: none was given
    note         TEXT NOT NULL,
    in_guideline INTEGER NOT NULL CHECK (in_guideline IN (0, 1)),
    PRIMARY KEY (post, first_word, last_word)
) STRICT, WITHOUT ROWID;

-- Of each post of a chunk the bits that its words set (core/query/search_text.h): which of them can hold some words.
-- Chunks are made anew, with these.
CREATE TABLE post_signatures (
    first_post INTEGER PRIMARY KEY REFERENCES post_chunks(first_post) ON DELETE CASCADE,
    signatures BLOB NOT NULL
) STRICT;
DELETE FROM post_chunks;
