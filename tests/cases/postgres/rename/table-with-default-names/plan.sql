-- Rename a table from "users" to "accounts"
ALTER TABLE "users" RENAME TO "accounts";
-- Rename a constraint from "users_pkey" to "accounts_pkey"
ALTER TABLE "accounts" RENAME CONSTRAINT "users_pkey" TO "accounts_pkey";
-- Rename a sequence from "users_id_seq" to "accounts_id_seq"
ALTER SEQUENCE "users_id_seq" RENAME TO "accounts_id_seq";
-- Rename a constraint from "users_email_key" to "accounts_email_key"
ALTER TABLE "accounts" RENAME CONSTRAINT "users_email_key" TO "accounts_email_key";
-- Rename an index from "users_n_idx" to "accounts_n_idx"
ALTER INDEX "users_n_idx" RENAME TO "accounts_n_idx";
-- Rename a constraint from "users_n_check" to "accounts_n_check"
ALTER TABLE "accounts" RENAME CONSTRAINT "users_n_check" TO "accounts_n_check";
