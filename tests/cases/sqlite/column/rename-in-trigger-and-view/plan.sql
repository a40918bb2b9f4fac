-- Drop "v" view
DROP VIEW `v`;
-- Drop trigger "tr"
DROP TRIGGER `tr`;
-- Rename a column from "a" to "b"
ALTER TABLE `t` RENAME COLUMN `a` TO `b`;
-- Create "v" view
CREATE VIEW `v` AS SELECT b FROM t;
-- Create trigger "tr"
CREATE TRIGGER tr AFTER UPDATE OF b ON t WHEN old.b <> new.b BEGIN UPDATE t SET b = trim(new.b) WHERE id = new.id; END;
