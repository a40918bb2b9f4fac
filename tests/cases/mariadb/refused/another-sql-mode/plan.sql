-- Create "p" procedure
CREATE PROCEDURE `p` () select "id" from "t";
