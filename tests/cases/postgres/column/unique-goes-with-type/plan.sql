-- Modify "t" table
ALTER TABLE "t" DROP CONSTRAINT "uq", ALTER COLUMN "a" TYPE character varying(20), ADD CONSTRAINT "uq" UNIQUE ("a", "id");
