INSERT INTO log SELECT 7 + count(*) * 100 FROM log;
