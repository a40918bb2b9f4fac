-- Drop index "users_email" from table: "users"
DROP INDEX `users_email`;
-- Drop column "email" from table: "users"
ALTER TABLE `users` DROP COLUMN `email`;
