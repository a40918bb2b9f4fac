-- Disable the enforcement of foreign-keys constraints
PRAGMA foreign_keys = off;
-- Drop trigger "t_log"
DROP TRIGGER `t_log`;
-- Drop trigger "log_t"
DROP TRIGGER `log_t`;
-- Drop trigger "w_insert"
DROP TRIGGER `w_insert`;
-- Drop "w" view
DROP VIEW `w`;
-- Drop "v" view
DROP VIEW `v`;
-- Create "new_t" table
CREATE TABLE `new_t` (
  `id` integer NULL,
  `a` varchar(50) NULL,
  PRIMARY KEY (`id`)
);
-- Copy rows from old table "t" to new temporary table "new_t"
INSERT INTO `new_t` (`id`, `a`) SELECT `id`, `a` FROM `t`;
-- Drop "t" table after copying rows
DROP TABLE `t`;
-- Rename temporary table "new_t" to "t"
ALTER TABLE `new_t` RENAME TO `t`;
-- Add column "y" to table: "log"
ALTER TABLE `log` ADD COLUMN `y` int NULL;
-- Create "v" view
CREATE VIEW `v` AS SELECT a FROM t;
-- Create "w" view
CREATE VIEW `w` (`b`) AS SELECT a || '!' FROM v;
-- Create trigger "t_log"
CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log (x) VALUES (new.a); END;
-- Create trigger "log_t"
CREATE TRIGGER log_t AFTER DELETE ON log BEGIN DELETE FROM t WHERE a = old.x; END;
-- Create trigger "w_insert"
CREATE TRIGGER w_insert INSTEAD OF INSERT ON w BEGIN INSERT INTO t (a) VALUES (new.b); END;
-- Enable back the enforcement of foreign-keys constraints
PRAGMA foreign_keys = on;
