-- Detach partition "p1" from table: "p"
ALTER TABLE "p" DETACH PARTITION "p1";
-- Modify "p" table
ALTER TABLE "p" ADD COLUMN "n" integer NULL;
-- Create "p2" table
CREATE TABLE "p2" PARTITION OF "p" FOR VALUES FROM ('2022-01-01') TO ('2024-01-01');
-- Modify "p1" table
ALTER TABLE "p1" ADD COLUMN "n" integer NULL;
-- Attach partition "p1" to table: "p"
ALTER TABLE "p" ATTACH PARTITION "p1" FOR VALUES FROM ('2020-01-01') TO ('2022-01-01');
