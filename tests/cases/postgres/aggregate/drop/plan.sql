-- Drop "total" aggregate
DROP AGGREGATE "total" (integer);
