-- First schema of project.mnerva. A shipped step is never edited: a change is a new file.
-- Lists (words, tags, picture names) are blobs joined by line feeds; NULL is the empty list.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One imported file.
CREATE TABLE sources (
    id           INTEGER PRIMARY KEY,
    file         TEXT NOT NULL,
    sha256       TEXT NOT NULL,
    imported_at  INTEGER NOT NULL,           -- milliseconds since 1970, UTC
    image_folder TEXT NOT NULL DEFAULT '',   -- relative to the project folder when inside it
    crop_folder  TEXT NOT NULL DEFAULT ''
) STRICT;

-- Posts as they were imported; their order is the order of their ids. The gold layer of a post that has source tags is
-- what the lenient rule reads from them; it is not stored twice.
CREATE TABLE posts (
    id            INTEGER PRIMARY KEY,
    source        INTEGER NOT NULL REFERENCES sources(id),
    split         TEXT NOT NULL CHECK (split IN ('train', 'valid', 'test', 'none')),
    status        TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'flagged')),
    join_rule     TEXT NOT NULL CHECK (join_rule IN ('space', 'nothing')),
    word_count    INTEGER NOT NULL CHECK (word_count >= 0),
    gold_entities INTEGER NOT NULL CHECK (gold_entities >= 0),
    external_id   TEXT NOT NULL,             -- IMGID, may repeat
    words         BLOB,
    images        BLOB,                      -- any number: the position is the image's number
    crops         BLOB,
    source_tags   BLOB
) STRICT;
CREATE INDEX posts_by_split ON posts (split, status);

-- gold, corrected, one a run, one an annotator.
CREATE TABLE layers (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL CHECK (kind IN ('gold', 'corrected', 'run', 'annotator')),
    created_at INTEGER NOT NULL
) STRICT;

-- Posts that a layer speaks about: without a row, "no entity" means "not looked at".
CREATE TABLE layer_posts (
    layer INTEGER NOT NULL REFERENCES layers(id) ON DELETE CASCADE,
    post  INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    PRIMARY KEY (layer, post)
) STRICT, WITHOUT ROWID;

CREATE TABLE entities (
    layer      INTEGER NOT NULL,
    post       INTEGER NOT NULL,
    first_word INTEGER NOT NULL CHECK (first_word >= 0),
    last_word  INTEGER NOT NULL CHECK (last_word >= first_word),
    type       TEXT NOT NULL,
    confidence REAL,
    PRIMARY KEY (layer, post, first_word, last_word, type),
    FOREIGN KEY (layer, post) REFERENCES layer_posts(layer, post) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Suggestions that a person turned down, whichever run makes them.
CREATE TABLE rejections (
    post       INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    first_word INTEGER NOT NULL CHECK (first_word >= 0),
    last_word  INTEGER NOT NULL CHECK (last_word >= first_word),
    type       TEXT NOT NULL,
    confidence REAL,
    PRIMARY KEY (post, first_word, last_word, type)
) STRICT, WITHOUT ROWID;

-- A box in pixels of one image of a post.
CREATE TABLE regions (
    id     INTEGER PRIMARY KEY,
    post   INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    image  INTEGER NOT NULL CHECK (image >= 0),
    left   INTEGER NOT NULL,
    top    INTEGER NOT NULL,
    width  INTEGER NOT NULL CHECK (width > 0),
    height INTEGER NOT NULL CHECK (height > 0),
    origin TEXT NOT NULL CHECK (origin IN ('crop-list', 'xml', 'detector', 'human')),
    name   TEXT NOT NULL DEFAULT '',
    score  REAL
) STRICT;
CREATE INDEX regions_by_post ON regions (post, image);

-- Grounds an entity (by its natural key, so that a link outlives undo and redo of the entity) in a region.
CREATE TABLE links (
    layer      INTEGER NOT NULL REFERENCES layers(id) ON DELETE CASCADE,
    post       INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    first_word INTEGER NOT NULL,
    last_word  INTEGER NOT NULL,
    type       TEXT NOT NULL,
    region     INTEGER NOT NULL REFERENCES regions(id) ON DELETE CASCADE,
    PRIMARY KEY (layer, post, first_word, last_word, type, region)
) STRICT, WITHOUT ROWID;

CREATE TABLE comments (
    id         INTEGER PRIMARY KEY,
    post       INTEGER NOT NULL REFERENCES posts(id) ON DELETE CASCADE,
    author     TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX comments_by_post ON comments (post);

-- One row a write. `do`, `undo` and `redo` carry the change as it was applied (JSON); `target` of an undo or redo is the
-- row of the `do`. `note` rows (import, labels, predictions) are no undo steps.
CREATE TABLE journal (
    id         INTEGER PRIMARY KEY,
    written_at INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo', 'note')),
    action     TEXT NOT NULL,
    target     INTEGER REFERENCES journal(id),
    change     TEXT NOT NULL
) STRICT;

INSERT INTO layers (id, name, kind, created_at) VALUES (1, 'gold', 'gold', 0), (2, 'corrected', 'corrected', 0);
