-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "a" TYPE text COLLATE "C", ALTER COLUMN "a" SET DEFAULT 'x'::text, ADD COLUMN "b" character varying(5) COLLATE "POSIX" NULL;
