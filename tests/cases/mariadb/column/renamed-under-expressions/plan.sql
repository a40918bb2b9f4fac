-- Rename a column from "a" to "b"
ALTER TABLE `t` RENAME COLUMN `a` TO `b`;
