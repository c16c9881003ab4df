"""The tables of the vault: a schema and a role of their own, made by the first migration.

Roles belong to the whole server: other databases (and other test workers at the same moment) may
have made it already. The tables have no foreign keys to the rest: the role may read nothing else,
and nothing else may read them. Where the one who migrates may not create roles, the administrator
of the server creates the role first (docs/running.md).
"""

CREATE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'dongthuan_vault') THEN
    CREATE ROLE dongthuan_vault NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

DO $$ BEGIN
  IF current_setting('server_version_num')::int < 160000 THEN
    IF NOT pg_has_role(current_user, 'dongthuan_vault', 'MEMBER') THEN
      EXECUTE format('GRANT dongthuan_vault TO %I', current_user);
    END IF;
  ELSIF NOT pg_has_role(current_user, 'dongthuan_vault', 'SET') THEN
    EXECUTE format('GRANT dongthuan_vault TO %I WITH INHERIT FALSE, SET TRUE', current_user);
  END IF;
END $$;

CREATE SCHEMA IF NOT EXISTS vault AUTHORIZATION dongthuan_vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;

SET LOCAL ROLE dongthuan_vault;

-- What the whole deployment shares: the salt of receipts, the recovery key of the province.
CREATE TABLE IF NOT EXISTS vault.setting (
  name text PRIMARY KEY,
  value bytea NOT NULL
);

-- Keys of designated officials; the private one locked with a passphrase.
CREATE TABLE IF NOT EXISTS vault.official_key (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id bigint NOT NULL,
  public bytea NOT NULL,
  locked bytea NOT NULL,
  created_at timestamptz NOT NULL,
  retired_at timestamptz
);
CREATE UNIQUE INDEX IF NOT EXISTS official_key_current
  ON vault.official_key (account_id) WHERE retired_at IS NULL;

-- One key pair a matter; the next generation re-seals everything.
CREATE TABLE IF NOT EXISTS vault.matter_key (
  matter_id bigint PRIMARY KEY,
  generation int NOT NULL,
  public bytea NOT NULL
);

-- The private key of a matter, sealed to each of those who may read it.
CREATE TABLE IF NOT EXISTS vault.wrap (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  matter_id bigint NOT NULL REFERENCES vault.matter_key,
  holder text NOT NULL CHECK (holder IN ('official', 'receipt', 'recovery')),
  official_key_id bigint REFERENCES vault.official_key,
  locator bytea UNIQUE,
  public bytea NOT NULL,
  sealed bytea NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS wrap_official ON vault.wrap (matter_id, official_key_id);
CREATE INDEX IF NOT EXISTS wrap_of_key ON vault.wrap (official_key_id);

CREATE TABLE IF NOT EXISTS vault.item (
  matter_id bigint NOT NULL REFERENCES vault.matter_key,
  seq int NOT NULL,
  sort text NOT NULL,
  author text NOT NULL,
  account_id bigint,
  at timestamptz NOT NULL,
  once text,
  content bytea NOT NULL,
  PRIMARY KEY (matter_id, seq),
  UNIQUE (matter_id, once)
);

RESET ROLE;
"""

DROP = """
DROP SCHEMA IF EXISTS vault CASCADE;
"""
