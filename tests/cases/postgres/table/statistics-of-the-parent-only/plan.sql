-- Set comment to table: "a"
COMMENT ON TABLE "a" IS 'parent';
-- Modify "a" table
ALTER TABLE ONLY "a" ALTER COLUMN "n" SET STORAGE EXTERNAL;
-- Modify "a" table
ALTER TABLE ONLY "a" ALTER COLUMN "n" SET STATISTICS 500;
