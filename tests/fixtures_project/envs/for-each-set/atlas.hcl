env "local" {
  for_each = toset(["b", "a", "b"])
  url      = "sqlite://${each.key}.db"
  tenant   = each.value
}
