-- atlas:delimiter \n\n\n
-- atlas:nolint

SELECT 1;



SELECT 2;