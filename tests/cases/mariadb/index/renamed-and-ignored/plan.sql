-- Rename an index from "k" to "l"
ALTER TABLE `t` RENAME INDEX `k` TO `l`;
-- Modify "t" table
ALTER TABLE `t` ALTER INDEX `l` IGNORED;
