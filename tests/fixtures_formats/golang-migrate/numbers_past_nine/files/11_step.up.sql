INSERT INTO log SELECT 11 + count(*) * 100 FROM log;
