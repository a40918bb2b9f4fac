CREATE SCHEMA a;
CREATE SCHEMA b;
CREATE TABLE a.t (id integer PRIMARY KEY, n integer);
CREATE TABLE b.t (id integer, n integer);
CREATE INDEX t_n ON a.t (n);
