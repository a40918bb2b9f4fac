INSERT INTO t VALUES ('on'), ('on');
