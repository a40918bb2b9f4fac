env "local" {
  first   = regex("[a-z]+", "12abc34")
  parts   = regex("^(?P<user>[^@]+)@(?P<host>.+)$", "me@here")
  all     = regexall("[0-9]+", "1a22b333")
  replace = regexreplace("a1b2", "[0-9]", "#")
}
