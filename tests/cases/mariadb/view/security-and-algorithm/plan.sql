-- Modify "v" view
CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW `v` AS select `t`.`id` AS `id` from `t`;
