{{/*
A service's Deployment.
Takes the dict of modelyard-lib.environment.
*/}}
{{- define "modelyard-lib.deployment" -}}
{{- $context := .context -}}
{{- $values := $context.Values -}}
{{- $store := dict -}}
{{- if .artifacts -}}
{{- $store = include "modelyard-lib.artifactStore" $context | fromYaml -}}
{{- end -}}
{{- $onVolume := and .artifacts (hasPrefix "file:" ($store.url | default "")) -}}
{{- /* What the service itself may take (see stop-app.ts: 5 s after the grace, then it gives up), and 5 s to spare. */ -}}
{{- $termination := add $values.shutdown.preStopSeconds $values.shutdown.drainSeconds $values.shutdown.graceSeconds 10 -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "modelyard-lib.fullname" $context }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "modelyard-lib.labels" $context | nindent 4 }}
spec:
  replicas: {{ $values.replicas }}
  revisionHistoryLimit: 5
  strategy:
    {{- toYaml $values.strategy | nindent 4 }}
  selector:
    matchLabels:
      {{- include "modelyard-lib.selectorLabels" $context | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "modelyard-lib.labels" $context | nindent 8 }}
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with $values.podAnnotations }}
      annotations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "modelyard-lib.serviceAccountName" $context }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      {{- with $values.imagePullSecrets | default (($values.global).imagePullSecrets) }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      terminationGracePeriodSeconds: {{ $termination }}
      securityContext:
        runAsNonRoot: true
        runAsUser: 65532
        runAsGroup: 65532
        fsGroup: 65532
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: {{ $context.Chart.Name }}
          image: {{ include "modelyard-lib.image" $context | quote }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          env:
            {{- include "modelyard-lib.environment" . | trim | nindent 12 }}
          ports:
            - name: http
              containerPort: {{ $values.service.port }}
              protocol: TCP
          {{- /* A start may wait half a minute for PostgreSQL and then migrate it. */}}
          startupProbe:
            httpGet:
              path: /health/live
              port: http
            periodSeconds: 2
            timeoutSeconds: 2
            failureThreshold: 60
          livenessProbe:
            httpGet:
              path: /health/live
              port: http
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 6
          readinessProbe:
            httpGet:
              path: /health/ready
              port: http
            periodSeconds: 2
            timeoutSeconds: 2
            failureThreshold: 2
          {{- if $values.shutdown.preStopSeconds }}
          lifecycle:
            preStop:
              sleep:
                seconds: {{ $values.shutdown.preStopSeconds }}
          {{- end }}
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          volumeMounts:
            - name: tmp
              mountPath: /tmp
            {{- if $onVolume }}
            - name: artifacts
              mountPath: {{ (urlParse $store.url).path }}
            {{- end }}
      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: {{ $values.tmpSizeLimit }}
        {{- if $onVolume }}
        - name: artifacts
          persistentVolumeClaim:
            claimName: {{ $store.existingClaim }}
        {{- end }}
      {{- with $values.nodeSelector }}
      nodeSelector:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.affinity }}
      affinity:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- if $values.spreadOverNodes }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              {{- include "modelyard-lib.selectorLabels" $context | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
      {{- end }}
      {{- with $values.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
{{- end -}}
