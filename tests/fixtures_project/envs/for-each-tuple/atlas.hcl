env "local" {
  for_each = [
    { name = "one", limit = 1 },
    { name = "two", limit = 2 },
  ]
  url      = "sqlite://${each.value.name}.db"
  position = each.key
  limit    = each.value.limit
}
