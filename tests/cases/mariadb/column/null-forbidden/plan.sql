-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `n` int NOT NULL;
