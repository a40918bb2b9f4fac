-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" DROP IDENTITY, ADD COLUMN "b" text NULL;
-- Create sequence for serial column "id"
CREATE SEQUENCE IF NOT EXISTS "t_id_seq" OWNED BY "t"."id";
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "id" TYPE bigint, ALTER COLUMN "id" SET DEFAULT nextval('"t_id_seq"');
-- Continue behind the values of column "id"
SELECT setval(pg_get_serial_sequence('"t"', 'id'), GREATEST(max("id") + 1, 1), false) FROM "t";
