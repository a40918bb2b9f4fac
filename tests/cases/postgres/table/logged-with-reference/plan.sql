-- Modify "t" table
ALTER TABLE "t" SET LOGGED;
-- Modify "u" table
ALTER TABLE "u" ADD COLUMN "m" integer NULL, SET LOGGED;
