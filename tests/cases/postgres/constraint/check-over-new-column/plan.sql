-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "ck", ADD CONSTRAINT "ck" CHECK ((n > 0) AND (m > 0)), ADD COLUMN "m" integer NULL DEFAULT 1, ADD CONSTRAINT "new" CHECK (m < 10);
