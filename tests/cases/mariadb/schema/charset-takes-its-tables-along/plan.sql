-- Modify "shop_a" schema
ALTER DATABASE `shop_a` CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
-- Modify "t" table
ALTER TABLE `shop_a`.`t` CHARSET utf8mb4 COLLATE utf8mb4_general_ci, MODIFY COLUMN `n` varchar(5) CHARSET utf8mb4 NOT NULL COLLATE utf8mb4_general_ci DEFAULT 'q' COMMENT "c";
