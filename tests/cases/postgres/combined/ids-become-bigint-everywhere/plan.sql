-- Drop "v" view
DROP VIEW "v";
-- Modify sequence used by serial column "id"
ALTER SEQUENCE "a_id_seq" AS bigint;
-- Modify "a" table
ALTER TABLE "a" ALTER COLUMN "id" TYPE bigint;
-- Modify sequence used by serial column "id"
ALTER SEQUENCE "b_id_seq" AS bigint;
-- Modify "b" table
ALTER TABLE "b" ALTER COLUMN "id" TYPE bigint, ALTER COLUMN "a_id" TYPE bigint, ADD COLUMN "note" text NULL;
-- Create "v" view
CREATE VIEW "v" ("id", "a_id", "note") AS SELECT b.id,
    b.a_id,
    b.note
   FROM (b
     JOIN a ON ((a.id = b.a_id)));
