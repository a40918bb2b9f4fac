-- Drop "t" table
DROP TABLE `t`;
-- Create "t" view
CREATE VIEW `t` AS select `base`.`id` AS `id` from `base`;
