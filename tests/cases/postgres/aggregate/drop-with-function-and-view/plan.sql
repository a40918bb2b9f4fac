-- Drop "v" view
DROP VIEW "v";
-- Drop "total" aggregate
DROP AGGREGATE "total" (integer);
-- Drop "plus" function
DROP FUNCTION "plus" (integer, integer);
