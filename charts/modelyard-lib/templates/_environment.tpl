{{/*
The address of another service: told, or that of the same release.
Takes a dict: context, told, name, port.
*/}}
{{- define "modelyard-lib.serviceUrl" -}}
{{- .told | default (printf "http://%s-%s:%v" .context.Release.Name .name .port) -}}
{{- end -}}

{{/*
One variable out of a Secret: of its own (secretRefs), or of the one that holds them all.
Takes a dict: context, name, optional.
*/}}
{{- define "modelyard-lib.secretVariable" -}}
{{- $values := .context.Values -}}
{{- $own := index ($values.secretRefs | default dict) .name -}}
{{- $secret := $values.existingSecret | default (($values.global).existingSecret) -}}
{{- if and (not $own) (not $secret) (not .optional) -}}
{{- fail (printf "%s: %s comes from a Secret: set existingSecret (or global.existingSecret) to the name of one that has this key, or secretRefs.%s to {name, key}" .context.Chart.Name .name .name) -}}
{{- end -}}
{{- if or $own $secret -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ ternary ($own | default dict).name $secret (not (empty $own)) }}
      key: {{ ($own | default dict).key | default .name }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}
{{- end -}}

{{/*
Where artifacts lie, by URL; the service's own answer goes before the release's.
*/}}
{{- define "modelyard-lib.artifactStore" -}}
{{- $store := mergeOverwrite (deepCopy (((.Values.global).artifactStore) | default dict)) .Values.artifactStore -}}
{{- if not $store.url -}}
{{- fail (printf "%s: set artifactStore.url (or global.artifactStore.url): s3://bucket/prefix?region=… or file:///…" .Chart.Name) -}}
{{- end -}}
{{- if and (hasPrefix "file:" $store.url) (not $store.existingClaim) -}}
{{- fail (printf "%s: artifactStore.url is a folder: set artifactStore.existingClaim to a PersistentVolumeClaim that all replicas can mount (ReadWriteMany)" .Chart.Name) -}}
{{- end -}}
{{- toYaml $store -}}
{{- end -}}

{{/*
The container's environment. `secrets` are the names that the service reads out of Secrets, `optionalSecrets` those that
it can do without, `urls` the addresses of other services.
Takes a dict: context, secrets, optionalSecrets, urls, artifacts.
*/}}
{{- define "modelyard-lib.environment" -}}
{{- $context := .context -}}
{{- $values := $context.Values -}}
- name: NODE_ENV
  value: production
- name: HOST
  value: 0.0.0.0
- name: PORT
  value: {{ $values.service.port | quote }}
- name: SHUTDOWN_DRAIN_MS
  value: {{ mul $values.shutdown.drainSeconds 1000 | quote }}
- name: SHUTDOWN_GRACE_MS
  value: {{ mul $values.shutdown.graceSeconds 1000 | quote }}
{{- range $name, $url := .urls }}
- name: {{ $name }}
  value: {{ $url | quote }}
{{- end }}
{{- range $name := .secrets }}
{{ include "modelyard-lib.secretVariable" (dict "context" $context "name" $name "optional" false) }}
{{- end }}
{{- range $name := .optionalSecrets }}
{{- with include "modelyard-lib.secretVariable" (dict "context" $context "name" $name "optional" true) }}
{{ . }}
{{- end }}
{{- end }}
{{- if .artifacts }}
{{- $store := include "modelyard-lib.artifactStore" $context | fromYaml }}
- name: ARTIFACT_STORE_URL
  value: {{ $store.url | quote }}
{{- if and (hasPrefix "s3:" $store.url) $store.existingSecret }}
{{- range $name := list "AWS_ACCESS_KEY_ID" "AWS_SECRET_ACCESS_KEY" }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      name: {{ $store.existingSecret }}
      key: {{ $name }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $value := mergeOverwrite (deepCopy (($values.global).config | default dict)) ($values.config | default dict) }}
- name: {{ $name }}
  {{- /* Numbers of a values file arrive as floats: 67108864 must not become 6.7108864e+07. */}}
  value: {{ ternary (int64 $value) $value (kindIs "float64" $value) | quote }}
{{- end }}
{{- end -}}
