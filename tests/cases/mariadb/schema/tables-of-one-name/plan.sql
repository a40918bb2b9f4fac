-- Modify "t" table
ALTER TABLE `shop_a`.`t` MODIFY COLUMN `a` bigint NULL DEFAULT 4;
-- Modify "t" table
ALTER TABLE `shop_b`.`t` MODIFY COLUMN `b` int NULL COMMENT "y";
-- Create "tr" trigger
CREATE TRIGGER `shop_b`.`tr` BEFORE INSERT ON `shop_b`.`t` FOR EACH ROW set new.b = 1;
