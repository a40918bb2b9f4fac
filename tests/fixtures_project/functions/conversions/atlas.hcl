env "local" {
  bool   = tobool("true")
  list   = tolist(toset(["b", "a"]))
  number = tonumber("4")
  string = tostring(5)
  can    = can(tonumber("x"))
  try    = try(tonumber("x"), "other")
}
