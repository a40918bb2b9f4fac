-- Rename a table from "users" to "accounts"
ALTER TABLE `users` RENAME TO `accounts`;
