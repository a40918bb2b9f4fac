-- Drop "s" sequence
DROP SEQUENCE `s`;
