create sequence s cache 10;
