-- Drop index "t_a" from table: "t"
DROP INDEX `t_a`;
