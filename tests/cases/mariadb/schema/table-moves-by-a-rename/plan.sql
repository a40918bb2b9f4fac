-- Rename a table from "t" to "t"
RENAME TABLE `shop_a`.`t` TO `shop_b`.`t`;
