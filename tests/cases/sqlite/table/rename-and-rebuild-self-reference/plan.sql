-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Rename a table from "nodes" to "places"
ALTER TABLE `nodes` RENAME TO `places`;
-- Create "new_places" table
CREATE TABLE `new_places` (
  `id` integer NULL,
  `up` integer NULL,
  `label` text NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`up`) REFERENCES `places` (`id`)
);
-- Copy rows from old table "places" to new temporary table "new_places"
INSERT INTO `new_places` (`id`, `up`, `label`) SELECT `id`, `up`, `label` FROM `places`;
-- Drop "places" table after copying rows
DROP TABLE `places`;
-- Rename temporary table "new_places" to "places"
ALTER TABLE `new_places` RENAME TO `places`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
