-- Create "shared" sequence
CREATE SEQUENCE "shared" AS integer;
-- Modify "a" table
ALTER TABLE "a" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "id" SET DEFAULT nextval('shared'::regclass);
-- Modify "b" table
ALTER TABLE "b" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "id" SET DEFAULT nextval('shared'::regclass), ADD PRIMARY KEY ("id");
