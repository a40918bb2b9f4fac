-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_t" table
CREATE TABLE `new_t` (
  `id` integer NULL,
  `a` text NOT NULL DEFAULT 'x',
  `b` int NOT NULL DEFAULT (abs(-3)),
  PRIMARY KEY (`id`)
);
-- Copy rows from old table "t" to new temporary table "new_t"
INSERT INTO `new_t` (`id`, `a`, `b`) SELECT `id`, IFNULL(`a`, 'x') AS `a`, IFNULL(`b`, (abs(-3))) AS `b` FROM `t`;
-- Drop "t" table after copying rows
DROP TABLE `t`;
-- Rename temporary table "new_t" to "t"
ALTER TABLE `new_t` RENAME TO `t`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
