-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` text NULL, DROP INDEX `k`, ADD INDEX `k` (`a` (10));
