-- Drop "v" view
DROP VIEW `v`;
-- Rename a column from "a" to "b"
ALTER TABLE `t` RENAME COLUMN `a` TO `b`;
-- Create "v" view
CREATE VIEW `v` AS SELECT * FROM t;
