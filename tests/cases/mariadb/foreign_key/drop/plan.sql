-- Modify "c" table
ALTER TABLE `c` DROP FOREIGN KEY `fk`;
