-- Doubts about labels that a person answered with "not an error"; bound to what they were about by its natural key, so that
-- an answer outlives undo and redo, and answers nothing once the entity is another one. An empty type: words alone.
CREATE TABLE verdicts (
    post       INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    doubt      TEXT NOT NULL,
    first_word INTEGER NOT NULL CHECK (first_word >= 0),
    last_word  INTEGER NOT NULL CHECK (last_word >= first_word),
    type       TEXT NOT NULL,
    PRIMARY KEY (post, doubt, first_word, last_word, type)
) STRICT, WITHOUT ROWID;
