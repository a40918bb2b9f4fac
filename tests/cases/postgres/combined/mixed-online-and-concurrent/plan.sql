-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "t_id_not_null" CHECK ("id" IS NOT NULL) NOT VALID;
-- Modify "t" table
ALTER TABLE "t" VALIDATE CONSTRAINT "t_id_not_null";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" SET NOT NULL;
-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "t_id_not_null";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "b" SET DEFAULT 0;
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "t_p" FOREIGN KEY ("a") REFERENCES "p" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION NOT VALID;
-- Modify "t" table
ALTER TABLE "t" VALIDATE CONSTRAINT "t_p";
-- Modify "t" table
ALTER TABLE "t" ADD CONSTRAINT "ck" CHECK (b >= 0) NOT VALID;
-- Modify "t" table
ALTER TABLE "t" VALIDATE CONSTRAINT "ck";
-- Create index "i_replacement" to table: "t"
CREATE UNIQUE INDEX CONCURRENTLY "i_replacement" ON "t" ("a");
-- Drop index "i" from table: "t"
DROP INDEX CONCURRENTLY "i";
-- Rename an index from "i_replacement" to "i"
ALTER INDEX "i_replacement" RENAME TO "i";
-- Create index "j" to table: "t"
CREATE INDEX CONCURRENTLY "j" ON "t" ("b");
