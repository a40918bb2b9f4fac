-- Modify "users" table
ALTER TABLE `users` ADD COLUMN `email` varchar(100) NOT NULL DEFAULT 'x', ADD COLUMN `note` text NULL;
