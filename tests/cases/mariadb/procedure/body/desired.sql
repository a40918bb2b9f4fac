create procedure p() select 2;
