-- Create "v" view
CREATE VIEW `v` AS select `t`.`id` AS `id` from `t`;
-- Create "tr2" trigger
CREATE TRIGGER `tr2` BEFORE INSERT ON `t` FOR EACH ROW FOLLOWS `tr` set new.b = 'x';
