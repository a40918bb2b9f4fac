-- Modify "t" table
ALTER TABLE "t" ADD COLUMN "b" integer NULL DEFAULT 3, ADD COLUMN "g" integer NULL GENERATED ALWAYS AS (a + b) STORED;
-- Create index "i" to table: "t"
CREATE INDEX "i" ON "t" ("g");
