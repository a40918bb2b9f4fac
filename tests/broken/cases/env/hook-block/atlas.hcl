env "local" {
  url = "sqlite://app?mode=memory"
}
hook "sql" "x" {
}
