-- before
DELIMITER ;;
-- about one
SELECT 1;;
SELECT 2;
;;
DELIMITER ;
-- trailing
