-- Drop "v" view
DROP VIEW `v`;
-- Create "v" table
CREATE TABLE `v` (
  `a` int NULL
);
