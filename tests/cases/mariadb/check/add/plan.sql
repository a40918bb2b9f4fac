-- Modify "t" table
ALTER TABLE `t` ADD CONSTRAINT `ck` CHECK (`a` > 0 and `a` <> 7);
