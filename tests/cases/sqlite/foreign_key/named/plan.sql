-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_c" table
CREATE TABLE `new_c` (
  `p` integer NULL,
  CONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES `p` (`id`)
);
-- Copy rows from old table "c" to new temporary table "new_c"
INSERT INTO `new_c` (`rowid`, `p`) SELECT `rowid`, `p` FROM `c`;
-- Drop "c" table after copying rows
DROP TABLE `c`;
-- Rename temporary table "new_c" to "c"
ALTER TABLE `new_c` RENAME TO `c`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
