-- Drop column "old" from table: "a"
ALTER TABLE `a` DROP COLUMN `old`;
-- Add column "y" to table: "a"
ALTER TABLE `a` ADD COLUMN `y` real NULL DEFAULT 1.5;
-- Add column "z" to table: "a"
ALTER TABLE `a` ADD COLUMN `z` int NULL AS (x * 2) VIRTUAL;
-- Add column "y" to table: "b"
ALTER TABLE `b` ADD COLUMN `y` blob NULL DEFAULT x'00';
