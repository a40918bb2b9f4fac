-- Modify "t" table
ALTER TABLE `t` CHARSET utf8mb4 COLLATE utf8mb4_general_ci, MODIFY COLUMN `a` varchar(20) CHARSET latin1 NULL COLLATE latin1_swedish_ci;
