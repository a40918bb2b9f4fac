-- Create "s" sequence
CREATE SEQUENCE `s`;
-- Create "u" table
CREATE TABLE `u` (
  `id` int NOT NULL DEFAULT (nextval(`s`)),
  PRIMARY KEY (`id`)
);
-- Modify "t" table
ALTER TABLE `t` ADD COLUMN `n` bigint NULL DEFAULT (nextval(`s`));
