-- Create "v" view
CREATE VIEW `v` AS select `t`.`id` AS `id`,`t`.`a` + 1 AS `a1`,concat(`t`.`b`,'x`') AS `c` from `t` where `t`.`b` <> 'it\'s';
