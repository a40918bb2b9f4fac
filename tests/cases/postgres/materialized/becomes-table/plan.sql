-- Drop "m" materialized view
DROP MATERIALIZED VIEW "m";
-- Create "m" table
CREATE TABLE "m" (
  "id" integer NULL
);
