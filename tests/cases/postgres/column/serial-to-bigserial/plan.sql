-- Modify sequence used by serial column "id"
ALTER SEQUENCE "t_id_seq" AS bigint;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" TYPE bigint, ALTER COLUMN "a" SET NOT NULL, ALTER COLUMN "a" SET DEFAULT 'a'::text;
