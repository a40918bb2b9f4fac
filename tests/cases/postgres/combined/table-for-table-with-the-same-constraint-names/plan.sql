-- Drop "a" table
DROP TABLE "a";
-- Create "a" sequence
CREATE SEQUENCE "a";
-- Create "b" table
CREATE TABLE "b" (
  "id" integer NOT NULL,
  CONSTRAINT "k" PRIMARY KEY ("id")
);
-- Create index "shared" to table: "b"
CREATE INDEX "shared" ON "b" ("id");
