-- Modify "v" view
CREATE OR REPLACE DEFINER=`root`@`localhost` VIEW `v` AS select `t`.`id` AS `id` from `t` where `t`.`id` > 0 WITH CASCADED CHECK OPTION;
-- Create "w" view
CREATE DEFINER=`someone`@`%` VIEW `w` AS select `t`.`id` AS `id`,`t`.`a` AS `a` from `t`;
