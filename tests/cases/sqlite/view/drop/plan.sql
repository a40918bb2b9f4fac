-- Drop "w" view
DROP VIEW `w`;
-- Drop "v" view
DROP VIEW `v`;
