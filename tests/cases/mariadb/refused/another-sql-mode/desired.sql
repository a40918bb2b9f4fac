set sql_mode = 'ANSI_QUOTES'; create procedure p() select "id" from "t";
