-- Drop "p" procedure
DROP PROCEDURE `p`;
