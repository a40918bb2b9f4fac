CREATE SCHEMA app; CREATE SCHEMA "Base";
COMMENT ON SCHEMA app IS 'the app';
CREATE TYPE app.state AS ENUM ('on','it''s');
COMMENT ON TYPE app.state IS 'c';
CREATE TYPE "Base".state AS ENUM ('x');
CREATE DOMAIN app.code AS text COLLATE "C" DEFAULT 'x' NOT NULL CONSTRAINT cc CHECK (VALUE <> '');
CREATE TYPE app.size AS (w integer, h app.state);
CREATE TYPE app.span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE SEQUENCE app.counter AS integer START 5 INCREMENT 2 MAXVALUE 99 CACHE 10 CYCLE;
CREATE FUNCTION app.f(a integer DEFAULT 1) RETURNS integer LANGUAGE sql IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE AS $$SELECT a$$;
CREATE FUNCTION app.f(text) RETURNS SETOF app.state LANGUAGE plpgsql SECURITY DEFINER COST 10 ROWS 5 SET search_path TO 'pg_catalog' AS $$
BEGIN
  RETURN;

END
$$;
CREATE FUNCTION app.many(x int, OUT a int, OUT b text) LANGUAGE sql AS $$SELECT 1, 'x'$$;
CREATE FUNCTION app.tab(VARIADIC z int[]) RETURNS TABLE (a int, "b c" text) LANGUAGE sql AS $$SELECT 1, 'x'$$;
CREATE FUNCTION app.atomic(a int) RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT a + 1; END;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE PROCEDURE app.p(INOUT x int) LANGUAGE plpgsql AS $$BEGIN x := 1; END$$;
CREATE AGGREGATE app.total(integer) (SFUNC = int4_sum, STYPE = bigint, PARALLEL = SAFE, COMBINEFUNC = int8pl);
CREATE FUNCTION app.acc(s text, v text) RETURNS text LANGUAGE sql AS $$SELECT s || v$$;
CREATE AGGREGATE app.joined(text) (SFUNC = app.acc, STYPE = text, INITCOND = 'a b');
CREATE TABLE app.things (
  id bigint GENERATED ALWAYS AS IDENTITY (START 10 INCREMENT 5 MINVALUE 10 MAXVALUE 1000 CACHE 3 CYCLE),
  no serial,
  name varchar(20) COLLATE "C" DEFAULT 'it''s' ,
  price numeric(10,2) DEFAULT -1.50,
  p2 numeric DEFAULT 1.50,
  st app.state NOT NULL DEFAULT 'on',
  sts app.state[] DEFAULT '{}',
  bs "Base".state,
  c app.code, sz app.size, sp app.span,
  "f k" integer DEFAULT nextval('app.counter'),
  twice integer GENERATED ALWAYS AS ("f k" * 2) STORED,
  made timestamptz(3) NOT NULL DEFAULT now(),
  ts timestamp DEFAULT '2020-01-01',
  flag boolean DEFAULT true, by bytea DEFAULT '\x00', b bit(3) DEFAULT b'101', iv interval day to second(2) DEFAULT '1 day',
  js jsonb DEFAULT '{"a": "${x}"}', ch char(3) DEFAULT 'a', q "char", ar int[][] DEFAULT ARRAY[[1]], bi bigint DEFAULT 9223372036854775807, big bigint DEFAULT '5', neg smallint DEFAULT -3, dp double precision DEFAULT -1.5e10, en text DEFAULT 'a'::varchar,
  dt date DEFAULT CURRENT_DATE, u uuid DEFAULT gen_random_uuid(), e text DEFAULT E'a\nb\\c',
  CONSTRAINT things_key PRIMARY KEY (id) INCLUDE (name) DEFERRABLE,
  CONSTRAINT one UNIQUE (no) , CONSTRAINT two UNIQUE NULLS NOT DISTINCT (no, name) INCLUDE (price) WITH (fillfactor=70),
  CONSTRAINT pos CHECK (price > 0) NO INHERIT, CHECK (name <> '' AND price IS NOT NULL),
  CONSTRAINT self FOREIGN KEY ("f k") REFERENCES app.things (no) ON DELETE SET NULL ("f k") DEFERRABLE INITIALLY DEFERRED
) WITH (fillfactor = 70, toast.autovacuum_enabled = false);
COMMENT ON TABLE app.things IS E'it "is"\n${x}';
COMMENT ON CONSTRAINT pos ON app.things IS 'no gifts';
ALTER TABLE app.things ADD CONSTRAINT nv FOREIGN KEY ("f k") REFERENCES app.things (no) NOT VALID;
CREATE INDEX i1 ON app.things USING brin (made) WITH (pages_per_range = 64, autosummarize = on);
CREATE UNIQUE INDEX i2 ON app.things (lower(name) DESC NULLS LAST, name COLLATE "C" text_pattern_ops NULLS FIRST) INCLUDE (no) WHERE price > 0;
CREATE INDEX i3 ON app.things USING gin (js jsonb_path_ops);
CREATE INDEX i4 ON app.things ((price + 1), (name IS NULL));
CREATE TABLE app.ex (r int4range, EXCLUDE USING gist (r WITH &&) WHERE (NOT isempty(r)));
CREATE UNLOGGED TABLE "Base"."Weird name" (id int PRIMARY KEY, "a-b" int, "1a" int);
CREATE TABLE "Base".things (id int);
CREATE TABLE app.heir (extra text) INHERITS (app.ex);
CREATE TABLE app.parted (at timestamptz NOT NULL, k int) PARTITION BY RANGE (at, abs(k));
CREATE TABLE app.part1 PARTITION OF app.parted FOR VALUES FROM ('2024-01-01', MINVALUE) TO ('2025-01-01', MAXVALUE);
CREATE TABLE app.part2 PARTITION OF app.parted DEFAULT PARTITION BY LIST (k);
CREATE TABLE app.part2a PARTITION OF app.part2 FOR VALUES IN (1,2);
CREATE INDEX pi ON app.parted (k);
CREATE VIEW app.cheap WITH (security_barrier) AS SELECT id, name, price FROM app.things WHERE price < 10 WITH CASCADED CHECK OPTION;
CREATE VIEW app.a_first AS SELECT * FROM app.cheap;
CREATE MATERIALIZED VIEW app.names AS SELECT name, app.f(1) AS g FROM app.a_first WITH NO DATA;
CREATE UNIQUE INDEX names_i ON app.names (name);
CREATE TRIGGER touched BEFORE INSERT OR UPDATE OF name ON app.things FOR EACH ROW WHEN (NEW.price > 1) EXECUTE FUNCTION app.touch('a', 'b');
CREATE TRIGGER wiped AFTER UPDATE ON app.things REFERENCING OLD TABLE AS "old rows" NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
CREATE CONSTRAINT TRIGGER late AFTER DELETE ON app.things FROM app.ex DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
ALTER TABLE app.things DISABLE TRIGGER late;
CREATE TRIGGER inst INSTEAD OF INSERT ON app.cheap FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE POLICY mine ON app.things AS RESTRICTIVE FOR SELECT TO CURRENT_USER USING (name = CURRENT_USER);
CREATE POLICY yours ON app.things FOR INSERT WITH CHECK (true);
CREATE SEQUENCE app.own OWNED BY app.ex.r;
