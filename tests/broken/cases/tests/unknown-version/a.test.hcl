test "migrate" "two" {
  migrate {
    to = "7"
  }
}
