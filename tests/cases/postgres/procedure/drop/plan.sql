-- Drop "p" procedure
DROP PROCEDURE "p" (integer);
