-- Rename a column from "p_id" to "p_code"
ALTER TABLE "c" RENAME COLUMN "p_id" TO "p_code";
-- Rename a column from "id" to "code"
ALTER TABLE "p" RENAME COLUMN "id" TO "code";
