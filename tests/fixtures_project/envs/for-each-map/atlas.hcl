env "local" {
  for_each = {
    us = "db-us"
    eu = "db-eu"
  }
  url = "mysql://root@${each.value}:3306/${each.key}"
  migration {
    dir = "file://migrations"
  }
}
