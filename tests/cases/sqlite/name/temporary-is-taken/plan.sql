-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_new_t" table
CREATE TABLE `new_new_t` (
  `id` integer NULL,
  `a` text NOT NULL,
  PRIMARY KEY (`id`)
);
-- Copy rows from old table "t" to new temporary table "new_new_t"
INSERT INTO `new_new_t` (`id`, `a`) SELECT `id`, `a` FROM `t`;
-- Drop "t" table after copying rows
DROP TABLE `t`;
-- Rename temporary table "new_new_t" to "t"
ALTER TABLE `new_new_t` RENAME TO `t`;
-- Create index "new_new_t" to table: "t"
CREATE INDEX `new_new_t` ON `t` (`a`);
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
