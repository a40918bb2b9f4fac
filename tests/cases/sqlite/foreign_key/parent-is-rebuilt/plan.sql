-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Create "new_p" table
CREATE TABLE `new_p` (
  `id` integer NULL,
  `up` integer NULL,
  `n` int NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`up`) REFERENCES `p` (`id`) ON DELETE CASCADE,
  CHECK (n >= 0)
);
-- Copy rows from old table "p" to new temporary table "new_p"
INSERT INTO `new_p` (`id`, `up`, `n`) SELECT `id`, `up`, IFNULL(`n`, 0) AS `n` FROM `p`;
-- Drop "p" table after copying rows
DROP TABLE `p`;
-- Rename temporary table "new_p" to "p"
ALTER TABLE `new_p` RENAME TO `p`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
