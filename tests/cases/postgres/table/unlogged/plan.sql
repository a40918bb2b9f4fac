-- Modify "t" table
ALTER TABLE "t" SET UNLOGGED;
-- Modify "u" table
ALTER TABLE "u" SET LOGGED;
