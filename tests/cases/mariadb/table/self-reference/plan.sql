-- Create "n" table
CREATE TABLE `n` (
  `id` int NOT NULL,
  `up` int NULL,
  PRIMARY KEY (`id`),
  INDEX `up` (`up`),
  CONSTRAINT `up` FOREIGN KEY (`up`) REFERENCES `n` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT
);
-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `parent` int NULL, ADD INDEX `tree` (`parent`), ADD CONSTRAINT `tree` FOREIGN KEY (`parent`) REFERENCES `t` (`id`) ON UPDATE RESTRICT ON DELETE CASCADE;
