-- Modify "t" table
ALTER TABLE `t` DROP COLUMN `a`, ADD COLUMN `c` bigint NULL;
-- Modify "v" view
CREATE OR REPLACE VIEW `v` AS select `t`.`id` AS `id`,`t`.`c` AS `c` from `t`;
