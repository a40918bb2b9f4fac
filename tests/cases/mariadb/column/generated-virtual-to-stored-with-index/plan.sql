-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `w` int NULL DEFAULT 5, DROP COLUMN `v`, ADD COLUMN `v` int AS (`a` * 2) STORED AFTER `a`, DROP INDEX `kv`, ADD INDEX `kv` (`v`, `w`);
