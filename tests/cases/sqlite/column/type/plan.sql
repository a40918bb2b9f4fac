-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_t" table
CREATE TABLE `new_t` (
  `a` varchar(255) NULL,
  `b` int NULL
);
-- Copy rows from old table "t" to new temporary table "new_t"
INSERT INTO `new_t` (`rowid`, `a`, `b`) SELECT `rowid`, `a`, `b` FROM `t`;
-- Drop "t" table after copying rows
DROP TABLE `t`;
-- Rename temporary table "new_t" to "t"
ALTER TABLE `new_t` RENAME TO `t`;
-- Create index "t_a" to table: "t"
CREATE INDEX `t_a` ON `t` (`a`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
