INSERT INTO log SELECT 8 + count(*) * 100 FROM log;
