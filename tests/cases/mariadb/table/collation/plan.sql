-- Modify "t" table
ALTER TABLE `t` CHARSET utf8mb4 COLLATE utf8mb4_bin, MODIFY COLUMN `a` varchar(20) CHARSET utf8mb4 NULL COLLATE utf8mb4_bin;
