-- Modify "p1" table
ALTER TABLE "p1" ALTER COLUMN "at" SET NOT NULL, DROP COLUMN "old", ADD COLUMN "id" integer NOT NULL, ADD CONSTRAINT "positive" CHECK (id > 0);
-- Attach partition "p1" to table: "p"
ALTER TABLE "p" ATTACH PARTITION "p1" FOR VALUES FROM ('2020-01-01') TO ('2022-01-01');
