-- Modify "c" table
ALTER TABLE `c` DROP FOREIGN KEY `fk`;
-- Modify "c" table
ALTER TABLE `c` DROP INDEX `fk`;
-- Drop "p" table
DROP TABLE `p`;
