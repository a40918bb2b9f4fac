-- Modify "t" table
ALTER TABLE `t` DROP INDEX `ka`;
