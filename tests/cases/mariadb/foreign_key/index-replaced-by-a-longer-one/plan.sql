-- Modify "c" table
ALTER TABLE `c` DROP INDEX `fk`, ADD INDEX `longer` (`p`, `x`);
