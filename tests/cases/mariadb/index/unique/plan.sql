-- Modify "t" table
ALTER TABLE `t` DROP INDEX `k`, ADD UNIQUE INDEX `k` (`a`);
