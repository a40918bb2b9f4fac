-- Modify "c" table
ALTER TABLE `c` DROP FOREIGN KEY `fk`;
-- Modify "c" table
ALTER TABLE `c` DROP COLUMN `p`, DROP INDEX `fk`;
