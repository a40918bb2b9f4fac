-- Create "b" table
CREATE TABLE `b` (
  `id` integer NULL,
  `a` integer NULL,
  PRIMARY KEY (`id`),
  FOREIGN KEY (`a`) REFERENCES `a` (`id`)
);
-- Add column "b" to table: "a"
ALTER TABLE `a` ADD COLUMN `b` integer NULL REFERENCES `b` (`id`);
