-- Modify "shop_a" schema
ALTER DATABASE `shop_a` COMMENT "";
