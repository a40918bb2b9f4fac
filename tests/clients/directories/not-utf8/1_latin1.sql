INSERT INTO t VALUES ('café;');
SELECT '…'; 
SELECT 2 â€¨;
…SELECT 3;Â 
