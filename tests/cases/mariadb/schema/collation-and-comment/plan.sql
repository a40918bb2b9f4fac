-- Modify "shop_a" schema
ALTER DATABASE `shop_a` CHARACTER SET latin1 COLLATE latin1_bin COMMENT "c";
