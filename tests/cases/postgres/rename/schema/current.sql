CREATE SCHEMA app;
CREATE TYPE app.status AS ENUM ('on');
CREATE TABLE app.t (id serial PRIMARY KEY, s app.status DEFAULT 'on');
CREATE VIEW app.v AS SELECT id FROM app.t;
