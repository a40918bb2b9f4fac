-- Create enum type "kind"
CREATE TYPE "kind" AS ENUM ('a', 'b', 'c');
-- Create "p" table
CREATE TABLE "p" (
  "id" bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  "kind" "kind" NOT NULL,
  PRIMARY KEY ("id", "kind")
) PARTITION BY LIST ("kind");
-- Create "p_a" table
CREATE TABLE "p_a" PARTITION OF "p" FOR VALUES IN ('a', 'b');
-- Create "p_rest" table
CREATE TABLE "p_rest" PARTITION OF "p" (
  CONSTRAINT "own" CHECK (id > 0)
) DEFAULT;
