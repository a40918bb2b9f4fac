-- Create "a" table
CREATE TABLE `a` (
  `id` int NOT NULL,
  `b` int NULL,
  PRIMARY KEY (`id`),
  INDEX `ab` (`b`)
);
-- Create "b" table
CREATE TABLE `b` (
  `id` int NOT NULL,
  `a` int NULL,
  PRIMARY KEY (`id`),
  INDEX `ba` (`a`),
  CONSTRAINT `ba` FOREIGN KEY (`a`) REFERENCES `a` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT
);
-- Modify "a" table
ALTER TABLE `a` ADD CONSTRAINT `ab` FOREIGN KEY (`b`) REFERENCES `b` (`id`) ON UPDATE RESTRICT ON DELETE RESTRICT;
