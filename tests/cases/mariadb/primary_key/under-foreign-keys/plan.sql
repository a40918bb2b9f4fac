-- Modify "p" table
ALTER TABLE `p` DROP PRIMARY KEY, DROP INDEX `uu`, ADD PRIMARY KEY (`id`, `u`), ADD UNIQUE INDEX `uu` (`u`) COMMENT "k";
