CREATE SCHEMA app;
CREATE TABLE app.t (id integer PRIMARY KEY);
CREATE TABLE app.c (t integer CONSTRAINT c_t REFERENCES app.t (id));
