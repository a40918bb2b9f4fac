CREATE SCHEMA core;
CREATE TYPE core.status AS ENUM ('on');
CREATE TABLE core.t (id serial PRIMARY KEY, s core.status DEFAULT 'on');
CREATE VIEW core.v AS SELECT id FROM core.t;
