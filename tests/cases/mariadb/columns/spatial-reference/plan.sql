-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `p` point REF_SYSTEM_ID = 4326 NOT NULL, ADD COLUMN `q` geometry NULL;
