-- Modify "k" table
ALTER TABLE `shop_b`.`k` DROP FOREIGN KEY `kt`;
-- Drop schema named "shop_a"
DROP DATABASE `shop_a`;
-- Modify "k" table
ALTER TABLE `shop_b`.`k` DROP INDEX `kt`;
