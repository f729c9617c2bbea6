-- Which kinds of mistakes a run makes against gold in a chunk: bits, numbered as eval::ErrorKind; NULL: not compared.
-- Chunks of layers are made anew, with these.
ALTER TABLE layer_chunks ADD COLUMN error_kinds INTEGER;
DELETE FROM layer_chunks;
