{{ template "shared" . }}
