table "tenants" {
  schema = schema.public
  column "id" { type = uuid }
  column "owner" { type = text }
  row_security {
    enabled  = true
    enforced = true
  }
}
policy "read_own" {
  on    = table.tenants
  for   = SELECT
  to    = [PUBLIC]
  using = "(owner = CURRENT_USER)"
}
policy "write_own" {
  on      = table.tenants
  as      = RESTRICTIVE
  for     = ALL
  to      = ["PUBLIC"]
  using   = "true"
  check   = "(owner = CURRENT_USER)"
  comment = "only what is yours"
}
schema "public" {}
