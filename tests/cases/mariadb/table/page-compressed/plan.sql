-- Modify "t" table
ALTER TABLE `t` page_compression_level=5, MODIFY COLUMN `a` int NULL DEFAULT 3;
