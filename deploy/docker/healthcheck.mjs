// Asks the service in this container whether it is alive; exits 1 when it does not say so in time.
const PATIENCE_MS = 2_000;
const answer = await fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/health/live`, {
  signal: AbortSignal.timeout(PATIENCE_MS),
}).catch(() => undefined);
process.exit(answer?.ok === true ? 0 : 1);
