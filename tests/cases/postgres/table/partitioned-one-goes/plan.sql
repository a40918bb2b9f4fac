-- Drop "p2" table
DROP TABLE "p2";
-- Drop "p1" table
DROP TABLE "p1";
-- Drop "p" table
DROP TABLE "p";
-- Set comment to table: "t"
COMMENT ON TABLE "t" IS 'alone';
