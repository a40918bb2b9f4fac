create sequence s minvalue -5 maxvalue 500 start with 1 cycle;
