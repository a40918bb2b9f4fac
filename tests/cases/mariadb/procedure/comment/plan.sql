-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE `p` () COMMENT "one, it's said" SELECT 1;
