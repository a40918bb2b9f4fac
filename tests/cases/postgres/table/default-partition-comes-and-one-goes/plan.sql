-- Drop index "p_id" from table: "p"
DROP INDEX "p_id";
-- Drop "p_b" table
DROP TABLE "p_b";
-- Create "p_rest" table
CREATE TABLE "p_rest" PARTITION OF "p" DEFAULT;
-- Create index "p_kind" to table: "p"
CREATE INDEX "p_kind" ON "p" ("kind");
