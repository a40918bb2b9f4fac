-- Rename a table from "users" to "accounts"
ALTER TABLE "users" RENAME TO "accounts";
-- Rename a column from "name" to "full_name"
ALTER TABLE "accounts" RENAME COLUMN "name" TO "full_name";
-- Modify "accounts" table
ALTER TABLE "accounts" ALTER COLUMN "full_name" SET NOT NULL;
