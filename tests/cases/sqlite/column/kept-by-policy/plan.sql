-- Add column "c" to table: "t"
ALTER TABLE `t` ADD COLUMN `c` text NULL;
