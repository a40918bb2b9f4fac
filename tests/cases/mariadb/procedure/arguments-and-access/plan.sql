-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE `p` (INOUT `a` int) NO SQL set a = 1;
