-- Create "users" table
CREATE TABLE `users` (
  `id` integer NULL,
  `name` text NOT NULL,
  PRIMARY KEY (`id`)
);
-- Create index "users_name" to table: "users"
CREATE INDEX `users_name` ON `users` (`name`);
