-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "c" text NULL;
-- Modify "v" view
CREATE OR REPLACE VIEW "v" ("id", "x") AS SELECT t.id,
    t.c AS x
   FROM t;
-- Modify "t" table
ALTER TABLE "t" DROP COLUMN "a";
