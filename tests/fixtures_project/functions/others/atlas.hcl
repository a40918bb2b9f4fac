env "local" {
  any     = anytrue([false, true])
  glob    = glob("*.sql")
  lookup  = lookup({ a = 1 }, "b", 2)
  escape  = regexpescape("a.b")
  matches = regexmatch("^a+$", "aaa")
  map     = tomap({ a = 1 })
  merged  = yamlmerge("a: 1\n", "b: 2\n")
  printed = print("this goes to standard output")
}
