-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `u` uuid NULL DEFAULT (uuid()), MODIFY COLUMN `i` inet6 NOT NULL;
