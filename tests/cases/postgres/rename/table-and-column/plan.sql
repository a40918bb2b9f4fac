-- Rename a table from "users" to "accounts"
ALTER TABLE "users" RENAME TO "accounts";
-- Rename a constraint from "users_pkey" to "accounts_pkey"
ALTER TABLE "accounts" RENAME CONSTRAINT "users_pkey" TO "accounts_pkey";
-- Rename a sequence from "users_id_seq" to "accounts_id_seq"
ALTER SEQUENCE "users_id_seq" RENAME TO "accounts_id_seq";
-- Rename a column from "name" to "title"
ALTER TABLE "accounts" RENAME COLUMN "name" TO "title";
-- Modify "accounts" table
ALTER TABLE "accounts" ADD COLUMN "email" text NULL;
