-- atlas:delimiter //
////a////