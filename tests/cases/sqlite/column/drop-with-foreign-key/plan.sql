-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_pets" table
CREATE TABLE `new_pets` (
  `id` integer NULL,
  `kind` text NULL,
  PRIMARY KEY (`id`)
);
-- Copy rows from old table "pets" to new temporary table "new_pets"
INSERT INTO `new_pets` (`id`, `kind`) SELECT `id`, `kind` FROM `pets`;
-- Drop "pets" table after copying rows
DROP TABLE `pets`;
-- Rename temporary table "new_pets" to "pets"
ALTER TABLE `new_pets` RENAME TO `pets`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
