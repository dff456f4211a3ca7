"""What a PostgreSQL register is made of: as its script says, and as the server's catalogue says.

The server prints what it holds as the statements that would make it again. The script is written
in the same form, so that the two can be compared word by word.
"""

from __future__ import annotations

import re
from pathlib import Path

from measures.register.engine import Objects

_SCRIPT = Path(__file__).with_name("postgres.sql")
_ROLES = Path(__file__).with_name("postgres_roles.sql")
_MARK = "-- version "
_MADE = re.compile(
    r"CREATE (?:OR REPLACE )?(?P<what>TABLE|INDEX|FUNCTION|TRIGGER) (?:measures\.)?(?P<name>\w+)"
    r"|ALTER TABLE measures\.entry ADD (?P<constraint>CONSTRAINT) (?P<named>\w+)"
)
_ALWAYS = re.compile(r"ALTER TABLE measures\.entry (ENABLE ALWAYS) TRIGGER (\w+)")


def script() -> tuple[str, ...]:
    """Return the SQL that leads to version 1, from 1 to 2, and so on."""
    text = _SCRIPT.read_text(encoding="utf-8")
    return tuple(section.partition("\n")[2] for section in text.split(f"\n{_MARK}")[1:])


def setup() -> str:
    """Return the SQL by which the owner of an empty database sets up tables and roles."""
    return f"{_SCRIPT.read_text(encoding='utf-8')}\n{_ROLES.read_text(encoding='utf-8')}"


def roles() -> str:
    """Return the SQL of the roles alone."""
    return _ROLES.read_text(encoding="utf-8")


def blueprint(layout: int) -> Objects:
    """Return what the script makes, by name: what it is, and the statement."""
    made: Objects = {}
    for section in script()[:layout]:
        for statement in re.split(r";\s*\n(?=\n|\Z)", section.strip() + "\n"):
            text = statement.strip()
            always, found = _ALWAYS.match(text), _MADE.match(text)
            if always:
                what, before = made[always[2]]
                made[always[2]] = (what, f"{before} {always[1]}")
            elif found:
                name = found["name"] or found["named"]
                made[name] = ((found["what"] or found["constraint"]).lower(), text)
    return made


OBJECTS = """
WITH home AS (SELECT oid FROM pg_namespace WHERE nspname = 'measures')
SELECT relname::text, 'table', format(
    E'CREATE TABLE measures.%%I (\\n    %%s\\n)%%s', relname,
    (SELECT string_agg(
        format('%%I %%s', attname, format_type(atttypid, atttypmod))
        || coalesce((SELECT format(' COLLATE %%I', collname) FROM pg_collation c
            WHERE c.oid = attcollation AND c.collname <> 'default'), '')
        || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
        || coalesce((SELECT ' DEFAULT ' || pg_get_expr(adbin, adrelid) FROM pg_attrdef
            WHERE adrelid = attrelid AND adnum = attnum), ''),
        E',\\n    ' ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped),
    CASE WHEN relrowsecurity OR relforcerowsecurity THEN ' with row security' ELSE '' END
    || CASE WHEN relpersistence <> 'p' THEN ' not kept through a crash' ELSE '' END)
FROM pg_class WHERE relnamespace = (SELECT oid FROM home) AND relkind IN ('r', 'p')
UNION ALL
SELECT relname::text, CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence'
    ELSE 'relation' END, ''
FROM pg_class WHERE relnamespace = (SELECT oid FROM home) AND relkind NOT IN ('r', 'p', 'i', 'I', 't', 'c')
UNION ALL
SELECT relname::text, 'index',
    pg_get_indexdef(i.indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' invalid' END
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE relnamespace = (SELECT oid FROM home)
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
UNION ALL
SELECT conname::text, 'constraint',
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = (SELECT oid FROM home) AND contype NOT IN ('n', 't')
UNION ALL
SELECT proname::text, 'function', rtrim(pg_get_functiondef(oid), E'\\n')
FROM pg_proc WHERE pronamespace = (SELECT oid FROM home) AND prokind = 'f'
UNION ALL
SELECT proname::text, 'routine', '' FROM pg_proc
WHERE pronamespace = (SELECT oid FROM home) AND prokind <> 'f'
UNION ALL
SELECT tgname::text, 'trigger', pg_get_triggerdef(t.oid)
    || CASE tgenabled WHEN 'A' THEN ' ENABLE ALWAYS' WHEN 'O' THEN '' ELSE ' disabled' END
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE relnamespace = (SELECT oid FROM home) AND NOT tgisinternal
UNION ALL
SELECT rulename::text, 'rule', '' FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
WHERE relnamespace = (SELECT oid FROM home) AND relkind IN ('r', 'p')
UNION ALL
SELECT polname::text, 'policy', '' FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE relnamespace = (SELECT oid FROM home)
UNION ALL
SELECT inhrelid::regclass::text, 'table inheriting entries', '' FROM pg_inherits
WHERE inhparent = 'measures.entry'::regclass
ORDER BY 1, 2
"""
"""Everything in the schema, as the statements that would make it again."""

POWERS = """
SELECT coalesce(rolname::text, 'of everybody'), lower(privilege_type)
FROM (
    SELECT relowner AS owner, (aclexplode(relacl)).* FROM pg_class
    WHERE oid = 'measures.entry'::regclass
    UNION ALL
    SELECT nspowner, (aclexplode(nspacl)).* FROM pg_namespace WHERE nspname = 'measures'
) granted LEFT JOIN pg_roles ON pg_roles.oid = grantee
WHERE grantee <> owner AND privilege_type NOT IN ('SELECT', 'INSERT', 'USAGE', 'MAINTAIN')
ORDER BY 1, 2
"""
"""Who besides the owner holds which right that neither writers nor readers need."""
