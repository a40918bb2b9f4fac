create sequence s increment by 10;
