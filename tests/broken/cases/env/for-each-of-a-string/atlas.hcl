env "tenants" {
  for_each = "a"
  url      = "sqlite://${each.value}?mode=memory"
}
