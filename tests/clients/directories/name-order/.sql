CREATE TABLE tn (id int);
