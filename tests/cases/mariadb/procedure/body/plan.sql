-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE `p` () select 2;
