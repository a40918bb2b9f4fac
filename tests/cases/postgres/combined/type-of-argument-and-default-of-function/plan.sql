-- Drop "v" view
DROP VIEW "v";
-- Drop "f" function
DROP FUNCTION "f" ("e");
-- Rename enum type from "e" to "e_old"
ALTER TYPE "e" RENAME TO "e_old";
-- Create enum type "e"
CREATE TYPE "e" AS ENUM ('a', 'b');
-- Create "f" function
CREATE FUNCTION "f" ("x" "e" DEFAULT 'b'::e) RETURNS SETOF "e" LANGUAGE sql AS $$SELECT x$$;
-- Modify "t" table
ALTER TABLE "t" ALTER COLUMN "e" TYPE "e" USING "e"::text::"e";
-- Create "v" view
CREATE VIEW "v" ("x") AS SELECT x.x
   FROM f() x(x);
-- Drop enum type "e_old"
DROP TYPE "e_old";
