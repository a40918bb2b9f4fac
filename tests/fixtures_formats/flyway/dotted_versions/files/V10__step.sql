INSERT INTO log SELECT 6 + count(*) * 100 FROM log;
