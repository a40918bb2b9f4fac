INSERT INTO log SELECT 2 + count(*) * 100 FROM log;
