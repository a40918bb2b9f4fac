-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_c" table
CREATE TABLE `new_c` (
  `id` integer NULL,
  `p` integer NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES `p` (`id`) ON DELETE CASCADE
);
-- Copy rows from old table "c" to new temporary table "new_c"
INSERT INTO `new_c` (`id`, `p`) SELECT `id`, `p` FROM `c`;
-- Drop "c" table after copying rows
DROP TABLE `c`;
-- Rename temporary table "new_c" to "c"
ALTER TABLE `new_c` RENAME TO `c`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
