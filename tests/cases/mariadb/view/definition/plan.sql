-- Modify "v" view
CREATE OR REPLACE VIEW `v` AS select `t`.`id` AS `id`,`t`.`a` AS `a` from `t`;
