-- Modify "t" table
ALTER TABLE `t` DROP COLUMN `a`, DROP INDEX `k`;
