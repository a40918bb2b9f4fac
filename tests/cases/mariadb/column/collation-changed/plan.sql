-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `a` varchar(20) NOT NULL COLLATE utf8mb4_bin DEFAULT 'x';
