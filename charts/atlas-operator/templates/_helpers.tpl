{{- define "atlas.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "atlas.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "atlas.selectorLabels" -}}
app.kubernetes.io/name: {{ include "atlas.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* Labels that do not select: an object of any part. */ -}}
{{- define "atlas.commonLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- /* Labels that the user gives beside those of the chart, whose own win: they select. Takes own (YAML) and more. */ -}}
{{- define "atlas.withMore" -}}
{{- $own := fromYaml .own -}}
{{- $all := deepCopy $own -}}
{{- range .more -}}{{- $all = merge $all . -}}{{- end -}}
{{- toYaml $all -}}
{{- end -}}

{{- define "atlas.labels" -}}
{{- $own := printf "%s\n%s" (include "atlas.selectorLabels" .) (include "atlas.commonLabels" .) -}}
{{- include "atlas.withMore" (dict "own" $own "more" (list .Values.commonLabels)) -}}
{{- end -}}

{{- /* What selects the pods of a part beside the operator; the operator's own selector must not. */ -}}
{{- define "atlas.partSelector" -}}
app.kubernetes.io/name: {{ printf "%s-%s" (include "atlas.name" .root) .part | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{- define "atlas.partLabels" -}}
{{- $own := printf "%s\n%s" (include "atlas.partSelector" .) (include "atlas.commonLabels" .root) -}}
{{- include "atlas.withMore" (dict "own" $own "more" (list .root.Values.commonLabels)) -}}
{{- end -}}

{{- define "atlas.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "atlas.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "atlas.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (.Values.image.tag | default .Chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{- /* Namespaces that are served, as a JSON list; [] means all. */ -}}
{{- define "atlas.namespaces" -}}
{{- if .Values.namespaced -}}
{{- list .Release.Namespace | toJson -}}
{{- else -}}
{{- .Values.watchNamespaces | default list | toJson -}}
{{- end -}}
{{- end -}}

{{- /* The Secret of random values that the hook makes, and the keys it must have as a JSON list. */ -}}
{{- define "atlas.generatedSecret" -}}
{{- printf "%s-generated" (include "atlas.fullname" .) -}}
{{- end -}}

{{- define "atlas.generatedKeys" -}}
{{- $keys := list -}}
{{- if and .Values.registry.enabled (not .Values.registry.token.existingSecret) -}}
{{- $keys = append $keys "token" -}}
{{- end -}}
{{- if .Values.devServers.postgres.enabled -}}
{{- $keys = append $keys "postgres-password" -}}
{{- end -}}
{{- if .Values.devServers.mariadb.enabled -}}
{{- $keys = append $keys "mariadb-password" -}}
{{- end -}}
{{- $keys | toJson -}}
{{- end -}}

{{- define "atlas.registryName" -}}
{{- printf "%s-registry" (include "atlas.fullname" .) -}}
{{- end -}}

{{- define "atlas.registryAddress" -}}
{{- $port := int .Values.registry.service.port -}}
{{- printf "http://%s.%s.svc%s" (include "atlas.registryName" .) .Release.Namespace (ternary "" (printf ":%d" $port) (eq $port 80)) -}}
{{- end -}}

{{- /* Where the token of the chart's own registry is. */ -}}
{{- define "atlas.registryTokenRef" -}}
{{- if .Values.registry.token.existingSecret -}}
name: {{ .Values.registry.token.existingSecret }}
key: {{ .Values.registry.token.key }}
{{- else -}}
name: {{ include "atlas.generatedSecret" . }}
key: token
{{- end -}}
{{- end -}}

{{- /* Whether the user gives this variable: theirs stands alone then. Takes env and name; "" is no. */ -}}
{{- define "atlas.isGiven" -}}
{{- range .env -}}{{- if eq .name $.name -}}yes{{- end -}}{{- end -}}
{{- end -}}

{{- /* What cannot work is refused here, with the next step. */ -}}
{{- define "atlas.checks" -}}
{{- if and (gt (int .Values.replicaCount) 1) (not .Values.leaderElection.enabled) -}}
{{- fail "replicaCount is above 1 without leaderElection.enabled: two operators would work at once; set leaderElection.enabled=true" -}}
{{- end -}}
{{- if and .Values.namespaced .Values.watchNamespaces -}}
{{- fail "namespaced and watchNamespaces are both set: namespaced serves the namespace of the release alone; choose one" -}}
{{- end -}}
{{- if and (not .Values.rbac.create) (gt (len (include "atlas.generatedKeys" . | fromJsonArray)) 0) -}}
{{- fail "rbac.create is off, so the hook may not make a Secret: give registry.token.existingSecret, and no devServers" -}}
{{- end -}}
{{- if and .Values.cloud.namespaceTokens.required (not .Values.cloud.namespaceTokens.secret) -}}
{{- fail "cloud.namespaceTokens.required is set without cloud.namespaceTokens.secret: name the Secret that holds the tokens" -}}
{{- end -}}
{{- if and .Values.registry.enabled .Values.cloud.url -}}
{{- fail "registry.enabled and cloud.url are both set: the operator has one registry of its own; choose one" -}}
{{- end -}}
{{- end -}}
