// Only what is said for all environments is read: the env block would fail.
lint {
  latest = 1
}
diff {
  skip {
    drop_table = true
  }
}
test {
  schema {
    src = ["schema.test.hcl"]
  }
}
env "local" {
  url = local.missing
}
