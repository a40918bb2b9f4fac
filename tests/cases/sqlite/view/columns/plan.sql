-- Drop "v" view
DROP VIEW `v`;
-- Create "v" view
CREATE VIEW `v` (`number`, `the name`) AS SELECT id, name FROM users;
