-- Modify "t" table
ALTER TABLE `t` DROP INDEX `k`, ADD INDEX `k` (`b`, `a`);
-- Modify "t" table
ALTER TABLE `t` COALESCE PARTITION 4;
