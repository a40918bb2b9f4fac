-- Rename a table from "users" to "accounts"
RENAME TABLE `users` TO `accounts`;
