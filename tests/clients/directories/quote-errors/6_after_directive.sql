-- atlas:delimiter //
SELECT 1//
  SELECT 'x//