// node health-check.mjs: exits 0 when the service in this container lives. Docker and Compose ask it; Kubernetes has
// probes of its own.
try {
  const answer = await fetch(`http://127.0.0.1:${process.env.PORT}/health/live`, {
    signal: AbortSignal.timeout(2_000),
  });
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
