-- Create index "t_b" to table: "t"
CREATE UNIQUE INDEX `t_b` ON `t` (`b`);
-- Create index "t_expr" to table: "t"
CREATE INDEX `t_expr` ON `t` ((lower(a)), (b + 1) DESC);
-- Create index "t_part" to table: "t"
CREATE INDEX `t_part` ON `t` (`a` COLLATE `NOCASE` DESC) WHERE b > 0 AND a <> 'x';
