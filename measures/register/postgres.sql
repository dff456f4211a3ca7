-- The register in PostgreSQL.
--
-- Each section takes a database from the version before it to its own. A section that was ever
-- shipped is never edited: verification compares what the server holds with this very text, so
-- each statement is written as the server itself prints it.

-- version 1

CREATE SCHEMA measures;

COMMENT ON SCHEMA measures IS 'measures register, layout 1';

CREATE TABLE measures.entry (
    seq bigint NOT NULL,
    digest text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    ref text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL,
    content bytea NOT NULL
);

ALTER TABLE measures.entry ADD CONSTRAINT entry_pkey PRIMARY KEY (seq);

CREATE INDEX entry_by_ref ON measures.entry USING btree (ref, kind, seq);

CREATE OR REPLACE FUNCTION measures.entry_kept()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
BEGIN
    RAISE EXCEPTION 'an entry is never changed or removed: record a correction';
END
$function$;

CREATE OR REPLACE FUNCTION measures.entry_chained()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
DECLARE
    before text := repeat('0', 64);
    said jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(1296384339);
    IF NEW.seq = 1 THEN
        IF EXISTS (SELECT FROM ONLY measures.entry) THEN
            RAISE EXCEPTION 'entries are numbered from 1 without gaps, and none is replaced';
        END IF;
    ELSE
        SELECT digest INTO before FROM ONLY measures.entry WHERE seq = NEW.seq - 1;
        IF before IS NULL OR EXISTS (SELECT FROM ONLY measures.entry WHERE seq = NEW.seq) THEN
            RAISE EXCEPTION 'entries are numbered from 1 without gaps, and none is replaced';
        END IF;
    END IF;
    IF NEW.digest IS DISTINCT FROM encode(sha256(NEW.content), 'hex') THEN
        RAISE EXCEPTION 'the digest of an entry is that of its content';
    END IF;
    said := convert_from(NEW.content, 'UTF8')::jsonb;
    IF said ->> 'seq' IS DISTINCT FROM NEW.seq::text
        OR said ->> 'kind' IS DISTINCT FROM NEW.kind
        OR said ->> 'ref' IS DISTINCT FROM NEW.ref
        OR said ->> 'period' IS DISTINCT FROM NEW.period
        OR said ->> 'prev' IS DISTINCT FROM before
    THEN
        RAISE EXCEPTION 'the content of an entry names its own columns and the digest before it';
    END IF;
    RETURN NEW;
END
$function$;

CREATE TRIGGER entry_not_changed BEFORE DELETE OR UPDATE ON measures.entry FOR EACH STATEMENT EXECUTE FUNCTION measures.entry_kept();

CREATE TRIGGER entry_not_emptied BEFORE TRUNCATE ON measures.entry FOR EACH STATEMENT EXECUTE FUNCTION measures.entry_kept();

CREATE TRIGGER entry_in_sequence BEFORE INSERT ON measures.entry FOR EACH ROW EXECUTE FUNCTION measures.entry_chained();

ALTER TABLE measures.entry ENABLE ALWAYS TRIGGER entry_not_changed;

ALTER TABLE measures.entry ENABLE ALWAYS TRIGGER entry_not_emptied;

ALTER TABLE measures.entry ENABLE ALWAYS TRIGGER entry_in_sequence;
