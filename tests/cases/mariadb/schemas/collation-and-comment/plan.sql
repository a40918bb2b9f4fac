-- Modify "shop_a" schema
ALTER DATABASE `shop_a` CHARSET latin1 COLLATE latin1_bin COMMENT "c";
