-- Rename a table from "Old ""T" to "New T"
ALTER TABLE "Old ""T" RENAME TO "New T";
-- Rename a column from "C c" to "d"
ALTER TABLE "New T" RENAME COLUMN "C c" TO "d";
-- Modify "New T" table
ALTER TABLE "New T" ADD COLUMN "e" text NOT NULL DEFAULT 1;
