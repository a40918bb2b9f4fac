INSERT INTO log SELECT 10 + count(*) * 100 FROM log;
