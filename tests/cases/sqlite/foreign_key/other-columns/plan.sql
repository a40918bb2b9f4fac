-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_c" table
CREATE TABLE `new_c` (
  `id` integer NULL,
  `a` integer NULL,
  `b` integer NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `fk` FOREIGN KEY (`b`) REFERENCES `p` (`id`)
);
-- Copy rows from old table "c" to new temporary table "new_c"
INSERT INTO `new_c` (`id`, `a`, `b`) SELECT `id`, `a`, `b` FROM `c`;
-- Drop "c" table after copying rows
DROP TABLE `c`;
-- Rename temporary table "new_c" to "c"
ALTER TABLE `new_c` RENAME TO `c`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
