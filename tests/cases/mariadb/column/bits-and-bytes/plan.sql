-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `b` bit(8) NULL DEFAULT b'11', MODIFY COLUMN `v` varbinary(20) NULL DEFAULT '\0';
