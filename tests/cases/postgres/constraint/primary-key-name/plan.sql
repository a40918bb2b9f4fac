-- Rename a constraint from "t_pkey" to "the_key"
ALTER TABLE "t" RENAME CONSTRAINT "t_pkey" TO "the_key";
