env "local" {
  for_each = ["non-linear", "NON_LINEAR", "linear"]
  migration {
    exec_order = each.value
    format     = "atlas"
  }
}
