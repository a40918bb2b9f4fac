-- Modify "a" table
ALTER TABLE `a` DROP FOREIGN KEY `ab`;
-- Modify "b" table
ALTER TABLE `b` DROP FOREIGN KEY `ba`;
-- Modify "k" table
ALTER TABLE `k` MODIFY COLUMN `id` int NOT NULL;
-- Drop "b" table
DROP TABLE `b`;
-- Drop "a" table
DROP TABLE `a`;
