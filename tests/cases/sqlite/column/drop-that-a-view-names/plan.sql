-- Drop "w" view
DROP VIEW `w`;
-- Drop "v" view
DROP VIEW `v`;
-- Drop column "b" from table: "t"
ALTER TABLE `t` DROP COLUMN `b`;
-- Create "v" view
CREATE VIEW `v` AS SELECT a FROM t;
-- Create "w" view
CREATE VIEW `w` AS SELECT * FROM v;
