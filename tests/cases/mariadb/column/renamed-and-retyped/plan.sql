-- Rename a column from "a" to "b"
ALTER TABLE `t` RENAME COLUMN `a` TO `b`;
-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `b` bigint NULL;
