-- Move "t" to schema "app"
ALTER TABLE "old"."t" SET SCHEMA "app";
-- Drop schema named "old"
DROP SCHEMA "old";
