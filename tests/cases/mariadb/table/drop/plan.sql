-- Drop "b" table
DROP TABLE `b`;
-- Drop "a" table
DROP TABLE `a`;
