/**
 * Calls `stop` once on SIGINT, SIGTERM or SIGHUP, then exits; a second signal does not wait any longer.
 * @param {() => Promise<void>} stop @param {{ exitCode?: () => number }} [options]
 */
export function stopOnSignals(stop, { exitCode = () => 0 } = {}) {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      stop().then(
        () => process.exit(exitCode()),
        (error) => {
          process.stderr.write(`${error.message}\n`);
          process.exit(1);
        },
      );
    });
  }
  // A held event loop: the stack's own timers are unref'd.
  setInterval(() => {}, 2 ** 30);
}
