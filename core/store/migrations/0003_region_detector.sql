-- Which detector found a region: its name, and a digest of everything that decides what it sees.
ALTER TABLE regions ADD COLUMN detector TEXT NOT NULL DEFAULT '';
ALTER TABLE regions ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
