CREATE SCHEMA app;
CREATE SCHEMA old;
CREATE TABLE old.t (id integer PRIMARY KEY);
CREATE TABLE app.c (t integer CONSTRAINT c_t REFERENCES old.t (id));
