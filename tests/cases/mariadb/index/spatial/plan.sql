-- Modify "t" table
ALTER TABLE `t` DROP INDEX `sq`, ADD SPATIAL INDEX `sp` (`p`);
