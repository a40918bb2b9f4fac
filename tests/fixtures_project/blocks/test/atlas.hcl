test {
  schema {
    src = ["all.test.hcl"]
  }
  migrate {
    src = "migrate.test.hcl"
  }
}
env "local" {
  test {
    schema {
      src = ["schema.test.hcl", "more"]
      vars = {
        seed  = 42
        names = ["a", "b"]
      }
    }
  }
}
