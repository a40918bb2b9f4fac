-- Modify "c" table
ALTER TABLE `c` DROP FOREIGN KEY `fk`;
-- Modify "p" table
ALTER TABLE `p` MODIFY COLUMN `id` bigint unsigned NOT NULL;
-- Modify "c" table
ALTER TABLE `c` MODIFY COLUMN `p` bigint unsigned NOT NULL, ADD CONSTRAINT `fk` FOREIGN KEY (`p`) REFERENCES `p` (`id`) ON UPDATE RESTRICT ON DELETE CASCADE;
