-- Add column "owner" to table: "pets"
ALTER TABLE `pets` ADD COLUMN `owner` integer NULL REFERENCES `users` (`id`) ON UPDATE CASCADE ON DELETE SET NULL;
