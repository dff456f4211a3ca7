-- The register in SQLite.
--
-- Each section takes a database from the version before it to its own. A section that was
-- ever shipped is never edited: verification compares the guards with this very text.

-- version 1

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    digest TEXT NOT NULL CHECK (length(digest) = 64),
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    period TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TRIGGER entry_not_updated BEFORE UPDATE ON entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is never changed: record a correction');
END;

CREATE TRIGGER entry_not_deleted BEFORE DELETE ON entry
BEGIN
    SELECT RAISE(ABORT, 'an entry is never removed: record a correction');
END;

CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
BEGIN
    SELECT RAISE(ABORT, 'entries are numbered from 1 without gaps, and none is replaced');
END;

CREATE TRIGGER entry_chained BEFORE INSERT ON entry
WHEN json_extract(CAST(NEW.content AS TEXT), '$.seq') IS NOT NEW.seq
    OR json_extract(CAST(NEW.content AS TEXT), '$.kind') IS NOT NEW.kind
    OR json_extract(CAST(NEW.content AS TEXT), '$.ref') IS NOT NEW.ref
    OR json_extract(CAST(NEW.content AS TEXT), '$.period') IS NOT NEW.period
    OR json_extract(CAST(NEW.content AS TEXT), '$.prev') IS NOT coalesce(
        (SELECT digest FROM entry WHERE seq = NEW.seq - 1),
        '0000000000000000000000000000000000000000000000000000000000000000'
    )
BEGIN
    SELECT RAISE(ABORT, 'the content of an entry names its own columns and the digest before it');
END;

-- version 2

CREATE INDEX entry_by_ref ON entry (ref, kind);
