-- Drop trigger "t_log"
DROP TRIGGER `t_log`;
-- Drop column "b" from table: "t"
ALTER TABLE `t` DROP COLUMN `b`;
-- Create trigger "t_log"
CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END;
