-- Create "p" procedure
CREATE PROCEDURE `p` () select 1;
