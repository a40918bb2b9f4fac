-- Rename a view from "v" to "w"
RENAME TABLE `v` TO `w`;
