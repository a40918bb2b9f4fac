-- Create "f" function
CREATE FUNCTION `f` (`x` int) RETURNS int DETERMINISTIC return x + 1;
-- Create "a1" view
CREATE VIEW `a1` AS select `t`.`id` AS `id` from `t`;
-- Create "z" view
CREATE VIEW `z` AS select `a1`.`id` AS `id` from `a1`;
-- Create "b1" view
CREATE VIEW `b1` AS select `z`.`id` AS `id` from (`z` join `a1` on(`a1`.`id` = `z`.`id`));
-- Create "fv" view
CREATE VIEW `fv` AS select `f`(`b1`.`id`) AS `n` from `b1`;
