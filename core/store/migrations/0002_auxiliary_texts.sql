-- Texts about a post: captions, words in its picture, what is known about its names. Their order is that of their ids;
-- `source` says who or what made a text, with its version. A post has one text of a source.
CREATE TABLE auxiliary_texts (
    id     INTEGER PRIMARY KEY,
    post   INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    words  BLOB,                               -- joined by line feeds; NULL is the empty list
    UNIQUE (post, source)
) STRICT;
