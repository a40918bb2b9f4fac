test "migrate" "two" {
  migrate {
    to = "1"
  }
  exec {
    sql    = "SELECT 2"
    output = "3"
  }
}
