"""The functions of the database that search stands on; the first migration creates them.

They agree with `core.text` (a test compares them letter by letter). `unaccent` is only STABLE, so
it is wrapped with its dictionary named in full, which makes the wrapper safe to index.
"""

FUNCTIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS intarray WITH SCHEMA public;

CREATE OR REPLACE FUNCTION dt_fold(t text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, normalize(t, NFC))) $$;

CREATE OR REPLACE FUNCTION dt_tsv_folded(t text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT to_tsvector('pg_catalog.simple',
     regexp_replace(public.dt_fold(t), '[^a-z0-9]+', ' ', 'g')) $$;

CREATE OR REPLACE FUNCTION dt_tsv_accented(t text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT to_tsvector('pg_catalog.simple',
     regexp_replace(lower(normalize(t, NFC)), '[^[:alnum:]]+', ' ', 'g')) $$;
"""
