-- atlas:delimiter ;
BEGIN a; END; b;