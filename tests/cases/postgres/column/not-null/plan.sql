-- Modify "users" table
ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;
