INSERT INTO log SELECT 4 + count(*) * 100 FROM log;
