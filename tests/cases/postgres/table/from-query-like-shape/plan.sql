-- Create "S q" sequence
CREATE SEQUENCE "S q";
-- Create "T ""q""" table
CREATE TABLE "T ""q""" (
  "a ""b""" integer NOT NULL,
  "c" character(3) COLLATE "C" NULL DEFAULT 'x'::bpchar,
  "d" numeric(10,2)[] NULL,
  "e" interval day to second(3) NULL,
  PRIMARY KEY ("a ""b""")
);
-- Modify "S q" sequence
ALTER SEQUENCE "S q" OWNED BY "T ""q"""."a ""b""";
-- Create "V ""v""" view
CREATE VIEW "V ""v""" ("a ""b""", "c", "d", "e") AS SELECT "T ""q"""."a ""b""",
    "T ""q""".c,
    "T ""q""".d,
    "T ""q""".e
   FROM "T ""q""";
