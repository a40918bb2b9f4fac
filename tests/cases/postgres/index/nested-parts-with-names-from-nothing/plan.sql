-- Create "total" aggregate
CREATE AGGREGATE "total" (integer) (SFUNC = int4pl, STYPE = integer);
-- Create "p" table
CREATE TABLE "p" (
  "id" integer NULL,
  "at" date NOT NULL,
  "note" text NULL
) PARTITION BY LIST ("id");
-- Create "p1" table
CREATE TABLE "p1" PARTITION OF "p" FOR VALUES IN (1, 2) PARTITION BY RANGE ("at");
-- Create "p1_a" table
CREATE TABLE "p1_a" PARTITION OF "p1" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
-- Create index "p1_a_low" to table: "p1_a"
CREATE INDEX "p1_a_low" ON "p1_a" ((lower(note)) text_pattern_ops, "at" DESC) WHERE (id > 0);
-- Create "p1_b" table
CREATE TABLE "p1_b" PARTITION OF "p1" FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
-- Create index "p1_b_low" to table: "p1_b"
CREATE INDEX "p1_b_low" ON "p1_b" ((lower(note)) text_pattern_ops, "at" DESC) WHERE (id > 0);
-- Create index "p1_low" to table: "p1"
CREATE INDEX "p1_low" ON "p1" ((lower(note)) text_pattern_ops, "at" DESC) WHERE (id > 0);
-- Create index "p_low" to table: "p"
CREATE INDEX "p_low" ON "p" ((lower(note)) text_pattern_ops, "at" DESC) WHERE (id > 0);
