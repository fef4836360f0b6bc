{{/*
All objects of one service.
Takes the dict of modelyard-lib.environment.
*/}}
{{- define "modelyard-lib.all" -}}
{{- $context := .context -}}
{{- include "modelyard-lib.deployment" . }}
---
{{ include "modelyard-lib.service" $context }}
{{- if $context.Values.serviceAccount.create }}
---
{{ include "modelyard-lib.serviceAccount" $context }}
{{- end }}
{{- end -}}

{{- define "modelyard-lib.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "modelyard-lib.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "modelyard-lib.labels" . | nindent 4 }}
  {{- with .Values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .Values.service.type }}
  selector:
    {{- include "modelyard-lib.selectorLabels" . | nindent 4 }}
  ports:
    - name: http
      port: {{ .Values.service.port }}
      targetPort: http
      protocol: TCP
{{- end -}}

{{/*
An identity for cloud roles (IRSA, workload identity) by its annotations; no service talks to the Kubernetes API.
*/}}
{{- define "modelyard-lib.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "modelyard-lib.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "modelyard-lib.labels" . | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}
