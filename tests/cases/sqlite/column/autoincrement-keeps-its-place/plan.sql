-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_t" table
CREATE TABLE `new_t` (
  `id` integer NULL PRIMARY KEY AUTOINCREMENT,
  `a` text NULL DEFAULT 'x'
);
-- Set sequence for "t" table
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_t', seq FROM sqlite_sequence WHERE name = 't';
-- Copy rows from old table "t" to new temporary table "new_t"
INSERT INTO `new_t` (`id`, `a`) SELECT `id`, `a` FROM `t`;
-- Drop "t" table after copying rows
DROP TABLE `t`;
-- Rename temporary table "new_t" to "t"
ALTER TABLE `new_t` RENAME TO `t`;
-- Drop "gone" table
DROP TABLE `gone`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
