-- Drop "v" view
DROP VIEW `v`;
-- Create "v" table
CREATE TABLE `v` (
  `id` int NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `id` (`id`)
);
-- Modify "k" view
CREATE OR REPLACE VIEW `k` AS select `t`.`a` AS `a`,`t`.`b` AS `b` from `t`;
