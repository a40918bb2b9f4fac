env "local" {
  day   = formatdate("YYYY-MM-DD", "2026-01-02T03:04:05Z")
  later = timeadd("2026-01-02T03:04:05Z", "90m")
}
