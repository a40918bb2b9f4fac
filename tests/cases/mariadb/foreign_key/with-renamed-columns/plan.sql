-- Rename a column from "p" to "parent"
ALTER TABLE `c` RENAME COLUMN `p` TO `parent`;
-- Rename a column from "id" to "pid"
ALTER TABLE `p` RENAME COLUMN `id` TO `pid`;
