-- Rename an index from "k" to "l"
ALTER TABLE `t` RENAME INDEX `k` TO `l`;
