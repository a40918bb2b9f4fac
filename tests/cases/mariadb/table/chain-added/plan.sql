-- Create "x" table
CREATE TABLE `x` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`)
);
-- Create "y" table
CREATE TABLE `y` (
  `id` int NOT NULL,
  `x` int NULL,
  PRIMARY KEY (`id`),
  INDEX `yx` (`x`),
  CONSTRAINT `yx` FOREIGN KEY (`x`) REFERENCES `x` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT
);
-- Modify "z" table
ALTER TABLE `z` ADD INDEX `zy` (`y`), ADD CONSTRAINT `zy` FOREIGN KEY (`y`) REFERENCES `y` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT;
