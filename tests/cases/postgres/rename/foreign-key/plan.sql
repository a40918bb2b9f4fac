-- Rename a constraint from "c_p" to "parent"
ALTER TABLE "c" RENAME CONSTRAINT "c_p" TO "parent";
