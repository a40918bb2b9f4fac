-- Detach partition "p1" from table: "p"
ALTER TABLE "p" DETACH PARTITION "p1";
-- Create "p2" table
CREATE TABLE "p2" PARTITION OF "p" FOR VALUES FROM ('2023-01-01') TO (MAXVALUE);
-- Attach partition "p1" to table: "p"
ALTER TABLE "p" ATTACH PARTITION "p1" FOR VALUES FROM ('2020-01-01') TO ('2023-01-01');
