-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `at` timestamp NULL ON UPDATE current_timestamp();
