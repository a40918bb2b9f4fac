-- Rename a table from "t" to "u"
RENAME TABLE `t` TO `u`;
-- Modify "tr" trigger
CREATE OR REPLACE TRIGGER `tr` BEFORE INSERT ON `u` FOR EACH ROW set new.a = 3;
