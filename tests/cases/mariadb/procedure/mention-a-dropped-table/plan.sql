-- Drop "gone" table
DROP TABLE `gone`;
-- Modify "p" procedure
CREATE OR REPLACE PROCEDURE `p` () select count(*) from gone;
