-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `at` datetime(3) NOT NULL DEFAULT (current_timestamp(3)) ON UPDATE current_timestamp(3), ADD COLUMN `b` int NULL DEFAULT 1;
