-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Drop index "taken" from table: "a"
DROP INDEX `taken`;
-- Create "c" table
CREATE TABLE `c` (
  `y` int NULL
);
-- Create index "taken" to table: "c"
CREATE UNIQUE INDEX `taken` ON `c` (`y`);
-- Drop "a" table
DROP TABLE `a`;
-- Drop "b" table
DROP TABLE `b`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
