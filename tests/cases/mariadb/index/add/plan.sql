-- Modify "t" table
ALTER TABLE `t` ADD FULLTEXT INDEX `ft` (`c`), ADD INDEX `ka` (`a` DESC, `b` (10)) COMMENT "it's";
