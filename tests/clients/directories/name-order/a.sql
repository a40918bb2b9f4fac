CREATE TABLE ta (id int);
