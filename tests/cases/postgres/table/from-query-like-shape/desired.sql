CREATE TABLE "T ""q""" ("a ""b""" integer PRIMARY KEY, c char(3) COLLATE "C" DEFAULT 'x', d numeric(10,2)[] , e interval day to second(3));
CREATE TABLE t (id integer);
CREATE SEQUENCE "S q" OWNED BY "T ""q"""."a ""b""";
CREATE VIEW "V ""v""" AS SELECT * FROM "T ""q""";
