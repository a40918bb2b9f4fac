-- Modify "users" table
ALTER TABLE `users` DROP COLUMN `email`, DROP COLUMN `seen`;
