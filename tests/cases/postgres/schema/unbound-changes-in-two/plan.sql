-- Drop index "t_n" from table: "t"
DROP INDEX "a"."t_n";
-- Modify "t" table
ALTER TABLE "a"."t" ALTER COLUMN "n" TYPE bigint;
-- Modify "t" table
ALTER TABLE "b"."t" ALTER COLUMN "n" SET NOT NULL, ADD CONSTRAINT "t_id_fkey" FOREIGN KEY ("id") REFERENCES "a"."t" ("id") ON UPDATE NO ACTION ON DELETE NO ACTION;
-- Create index "t_n" to table: "t"
CREATE INDEX "t_n" ON "b"."t" ("n");
