env "local" {
  format {
    migrate {
      apply  = format("{{ json . | json_merge %q }}", jsonencode({ Tenant = "a" }))
      diff   = "{{ sql . \"  \" }}"
      down   = "{{ json . }}"
      lint   = "{{ .URL }}"
      status = "{{ .Status }}"
    }
    schema {
      apply   = "{{ json . }}"
      clean   = "{{ json . }}"
      diff    = "{{ sql . }}"
      inspect = "{{ mermaid . }}"
      push    = "{{ .URL }}"
    }
  }
}
