-- Create "shared" sequence
CREATE SEQUENCE "shared" AS integer;
-- Modify "a" table
ALTER TABLE "a" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "id" SET DEFAULT nextval('public.shared'::regclass);
-- Modify "b" table
ALTER TABLE "b" ALTER COLUMN "id" SET NOT NULL, ALTER COLUMN "id" SET DEFAULT nextval('public.shared'::regclass), ADD PRIMARY KEY ("id");
