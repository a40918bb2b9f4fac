INSERT INTO log SELECT 9 + count(*) * 100 FROM log;
