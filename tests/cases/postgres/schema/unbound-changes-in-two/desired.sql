CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.t (id integer PRIMARY KEY, n bigint);
CREATE TABLE b.t (id integer REFERENCES a.t, n integer NOT NULL);
CREATE INDEX t_n ON b.t (n);
