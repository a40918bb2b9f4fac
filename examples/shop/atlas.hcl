env "local" {
  # URL to the database of the shop, for example sqlite://shop.db
  url = getenv("DATABASE_URL")
  # URL to the dev-database.
  dev = "sqlite://dev?mode=memory"
  migration {
    dir = "file://migrations"
    # Where atlas migrate push puts the directory.
    repo {
      name = "shop"
    }
  }
  # What atlas schema test and atlas migrate test run.
  test {
    schema {
      src = ["tests/schema.test.hcl"]
    }
    migrate {
      src = ["tests/migrate.test.hcl"]
    }
  }
}
