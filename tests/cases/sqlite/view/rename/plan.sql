-- Drop "v" view
DROP VIEW `v`;
-- Create "w" view
CREATE VIEW `w` AS SELECT name FROM users;
