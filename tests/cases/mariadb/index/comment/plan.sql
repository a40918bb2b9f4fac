-- Modify "t" table
ALTER TABLE `t` DROP INDEX `k`, ADD INDEX `k` (`a`) COMMENT "y \"q\"";
