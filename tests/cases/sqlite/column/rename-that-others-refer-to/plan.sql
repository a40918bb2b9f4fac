-- Rename a column from "a" to "b"
ALTER TABLE `p` RENAME COLUMN `a` TO `b`;
-- Rename a column from "x" to "y"
ALTER TABLE `c` RENAME COLUMN `x` TO `y`;
