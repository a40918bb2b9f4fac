env "tenants" {
  for_each = toset(["a", "b"])
  url      = "sqlite://${each.value}?mode=memory"
  password = "canary-tenant"
}
