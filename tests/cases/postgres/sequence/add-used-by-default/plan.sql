-- Create "numbers" sequence
CREATE SEQUENCE "numbers" START WITH 5;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" SET DEFAULT nextval('numbers'::regclass);
