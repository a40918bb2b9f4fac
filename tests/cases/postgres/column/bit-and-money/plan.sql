-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "b" TYPE bit varying(8), ALTER COLUMN "m" TYPE numeric(12,2), ALTER COLUMN "i" TYPE cidr, ALTER COLUMN "i" SET NOT NULL, ADD COLUMN "u" uuid NULL;
