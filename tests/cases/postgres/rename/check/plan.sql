-- Rename a constraint from "ck" to "positive"
ALTER TABLE "t" RENAME CONSTRAINT "ck" TO "positive";
