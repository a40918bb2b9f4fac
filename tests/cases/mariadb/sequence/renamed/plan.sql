-- Rename a sequence from "s" to "r"
RENAME TABLE `s` TO `r`;
