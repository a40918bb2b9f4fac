-- Modify "t" table
ALTER TABLE `t` DROP CONSTRAINT `ck`, ADD CONSTRAINT `ck` CHECK (`a` > -5);
