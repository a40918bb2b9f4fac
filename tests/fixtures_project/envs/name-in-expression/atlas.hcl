// The name only has to use atlas.env; an instance whose name is another is dropped.
locals {
  known = ["eu", "us"]
}
env {
  for_each = toset(local.known)
  name     = each.value == "us" ? lower(format("%s", atlas.env)) : "other"
  url      = "sqlite://${each.value}.db"
}
