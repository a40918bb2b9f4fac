-- Modify "c" table
ALTER TABLE `c` DROP FOREIGN KEY `fk`;
-- Modify "p" table
ALTER TABLE `p` MODIFY COLUMN `code` varchar(10) NOT NULL;
-- Modify "c" table
ALTER TABLE `c` MODIFY COLUMN `p` varchar(10) NULL, ADD COLUMN `note` int NULL COMMENT "n", ADD CONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES `p` (`code`) ON UPDATE RESTRICT ON DELETE RESTRICT;
