-- Drop "v" view
DROP VIEW "v";
-- Create "v" table
CREATE TABLE "v" (
  "id" integer NULL,
  "a" text NULL
);
