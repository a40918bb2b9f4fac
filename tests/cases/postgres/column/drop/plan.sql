-- Modify "users" table
ALTER TABLE "users" DROP COLUMN "email";
