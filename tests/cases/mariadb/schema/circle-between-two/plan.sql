-- Modify "t" table
ALTER TABLE `shop_a`.`t` DROP FOREIGN KEY `tu`;
-- Modify "u" table
ALTER TABLE `shop_b`.`u` DROP FOREIGN KEY `ut`;
-- Drop schema named "shop_a"
DROP DATABASE `shop_a`;
-- Drop schema named "shop_b"
DROP DATABASE `shop_b`;
-- Modify "k" table
ALTER TABLE `shop_c`.`k` MODIFY COLUMN `id` int NOT NULL COMMENT "b";
