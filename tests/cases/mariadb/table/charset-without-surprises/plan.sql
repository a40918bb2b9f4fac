-- Modify "t" table
ALTER TABLE `t` CHARSET utf8mb4 COLLATE utf8mb4_general_ci, MODIFY COLUMN `a` varchar(20) CHARSET utf8mb4 NOT NULL COLLATE utf8mb4_general_ci DEFAULT 'x' COMMENT "k", MODIFY COLUMN `b` text CHARSET utf8mb4 NULL COLLATE utf8mb4_general_ci, MODIFY COLUMN `e` enum('p','q') CHARSET utf8mb4 NULL COLLATE utf8mb4_general_ci;
