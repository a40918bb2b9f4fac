-- Modify "t" table
ALTER TABLE `t` MODIFY COLUMN `j` longtext NULL, ADD COLUMN `k` varchar(20) NULL CHECK (json_valid(`k`));
