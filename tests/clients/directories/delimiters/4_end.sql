-- atlas:delimiter -- end
SELECT 1;
-- end

-- about two
SELECT 2 -- end
