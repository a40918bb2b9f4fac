INSERT INTO log SELECT 5 + count(*) * 100 FROM log;
