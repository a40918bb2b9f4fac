-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "a" text NULL;
-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id", "a") AS SELECT t.id,
    t.a
   FROM t;
