-- Add new schema named "shop b"
CREATE DATABASE `shop b` CHARSET latin1 COLLATE latin1_swedish_ci COMMENT "it's";
-- Create "u" table
CREATE TABLE `shop b`.`u` (
  `id` int NOT NULL,
  `n` varchar(5) NULL,
  `t` int NULL,
  PRIMARY KEY (`id`),
  INDEX `ut` (`t`),
  CONSTRAINT `ut` FOREIGN KEY (`t`) REFERENCES `shop_a`.`t` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT
);
-- Create "v" view
CREATE VIEW `shop b`.`v` AS select `shop b`.`u`.`id` AS `id` from (`shop b`.`u` join `shop_a`.`t` `x` on(`x`.`id` = `shop b`.`u`.`t`));
