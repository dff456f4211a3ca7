-- Who may do what with the register in PostgreSQL.
--
-- For the owner of the database, after the tables were made. Running it again does no harm. Give
-- each person a login of their own and make it a member of one of the two roles:
--
--     CREATE ROLE prj_01 LOGIN IN ROLE measures_writer;
--     CREATE ROLE auditor LOGIN IN ROLE measures_reader;
--
-- Writers append and read; readers read. Nobody but the owner can touch a guard, and verification
-- names whoever may do more than this.

DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'measures_writer') THEN
        CREATE ROLE measures_writer NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'measures_reader') THEN
        CREATE ROLE measures_reader NOLOGIN;
    END IF;
END
$roles$;

REVOKE ALL ON SCHEMA measures FROM PUBLIC, measures_writer, measures_reader;

REVOKE ALL ON ALL TABLES IN SCHEMA measures FROM PUBLIC, measures_writer, measures_reader;

GRANT USAGE ON SCHEMA measures TO measures_writer, measures_reader;

GRANT SELECT, INSERT ON measures.entry TO measures_writer;

GRANT SELECT ON measures.entry TO measures_reader;
