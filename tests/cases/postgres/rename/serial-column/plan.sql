-- Rename a column from "id" to "number"
ALTER TABLE "t" RENAME COLUMN "id" TO "number";
-- Rename a sequence from "t_id_seq" to "t_number_seq"
ALTER SEQUENCE "t_id_seq" RENAME TO "t_number_seq";
