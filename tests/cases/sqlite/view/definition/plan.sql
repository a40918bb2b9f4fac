-- Drop "w" view
DROP VIEW `w`;
-- Drop "v" view
DROP VIEW `v`;
-- Create "v" view
CREATE VIEW `v` AS SELECT name, id FROM users;
-- Create "w" view
CREATE VIEW `w` AS SELECT count(*) AS n FROM v;
