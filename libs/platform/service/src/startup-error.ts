/** Why a service did not start, in one sentence for a person. */
export class StartupError extends Error {
  override readonly name = 'StartupError';
}

/** Says what keeps a server from listening, and what to do about it. Other errors come back as they are. */
export function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  const where = `port ${String(port)} on ${host}`;
  const sentences: Record<string, string> = {
    EADDRINUSE: `${where} is in use already: stop what listens there, or set PORT to another.`,
    EACCES: `${where} is not allowed to this user: set PORT to one above 1023.`,
    EADDRNOTAVAIL: `This machine has no address ${host}: set HOST to one that it has, or to 0.0.0.0 for all.`,
    ENOTFOUND: `The name ${host} is not known: set HOST to an address of this machine.`,
  };
  const sentence = typeof code === 'string' ? sentences[code] : undefined;
  return sentence === undefined ? error : new StartupError(sentence, { cause: error });
}
