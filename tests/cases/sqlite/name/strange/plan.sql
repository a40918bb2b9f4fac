-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_weird `name" table
CREATE TABLE `new_weird ``name` (
  `a b` int NOT NULL DEFAULT 5,
  `select` text NULL,
  `x.y` text NULL,
  `q` int NULL,
  `größe` double precision NULL,
  CONSTRAINT `c k` CHECK ("a b" > 0)
);
-- Copy rows from old table "weird `name" to new temporary table "new_weird `name"
INSERT INTO `new_weird ``name` (`rowid`, `a b`, `select`, `x.y`, `q`) SELECT `rowid`, IFNULL(`a b`, 5) AS `a b`, `select`, `x.y`, `q` FROM `weird ``name`;
-- Drop "weird `name" table after copying rows
DROP TABLE `weird ``name`;
-- Rename temporary table "new_weird `name" to "weird `name"
ALTER TABLE `new_weird ``name` RENAME TO `weird ``name`;
-- Create index "the "index" to table: "weird `name"
CREATE INDEX `the "index` ON `weird ``name` (`a b`, `select` DESC);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
