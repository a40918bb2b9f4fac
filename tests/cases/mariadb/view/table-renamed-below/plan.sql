-- Rename a table from "t" to "u"
RENAME TABLE `t` TO `u`;
-- Modify "v" view
CREATE OR REPLACE VIEW `v` AS select `u`.`id` AS `id` from `u`;
