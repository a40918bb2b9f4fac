-- Modify "t" table
ALTER TABLE `t` COMMENT "it's \"b\"";
