-- Drop "names" view
DROP VIEW `names`;
-- Rename a table from "users" to "accounts"
ALTER TABLE `users` RENAME TO `accounts`;
-- Create "names" view
CREATE VIEW `names` AS SELECT name FROM accounts;
