-- Modify "t" table
ALTER TABLE `t` DROP INDEX `k`, ADD FULLTEXT INDEX `k` (`a`);
