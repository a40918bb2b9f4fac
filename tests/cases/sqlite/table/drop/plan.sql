-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Drop "logs" table
DROP TABLE `logs`;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
