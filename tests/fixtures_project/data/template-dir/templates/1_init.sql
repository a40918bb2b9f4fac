create table {{ .Schema }}.t (id int{{ if .Wide }}, note text{{ end }});
