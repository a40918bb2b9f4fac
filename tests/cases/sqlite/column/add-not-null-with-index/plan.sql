-- Add column "state" to table: "users"
ALTER TABLE `users` ADD COLUMN `state` varchar(10) NOT NULL DEFAULT 'new' COLLATE `NOCASE`;
-- Create index "users_state" to table: "users"
CREATE INDEX `users_state` ON `users` (`state`);
