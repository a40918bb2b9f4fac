env "local" {
  dev = "sqlite://dev?mode=memory"
  lint {
    format = "{{ json . }}"
    log = "{{ json . }}"
  }
}
