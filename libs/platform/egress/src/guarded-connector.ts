import { lookup as resolve } from 'node:dns';
import type { LookupAddress, LookupAllOptions } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './public-address';
import { isAllowedHost, notPublic } from './source-url';
import type { EgressRules } from './source-url';

/** As `dns.lookup` with `all`. Tests give their own, which lies. */
export type Resolver = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Connects to public addresses only. The addresses that are checked are those that are connected to: a name that
 * resolves to another one a moment later (DNS rebinding) wins nothing. One address that is not public condemns the name.
 */
export function guardedConnector(
  rules: EgressRules,
  options: { timeoutMs: number; resolver?: Resolver },
): buildConnector.connector {
  const resolver = options.resolver ?? resolve;
  const open = buildConnector({ timeout: options.timeoutMs });
  const guarded = buildConnector({ timeout: options.timeoutMs, lookup: guardedLookup(resolver) });
  const free = buildConnector({ timeout: options.timeoutMs, lookup: plainLookup(resolver) });
  return (target, done) => {
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (isAllowedHost(`${target.hostname}:${port}`, rules))
      return (isIP(host) === 0 ? free : open)(target, done);
    // Nothing is looked up for an address, so it is checked here.
    if (isIP(host) !== 0 && !isPublicAddress(host)) return done(notPublic(host), null);
    return guarded(target, (...[error, socket]) => {
      if (error !== null) return done(error, null);
      if (isPublicAddress(socket.remoteAddress ?? '')) return done(null, socket);
      socket.destroy();
      return done(notPublic(host), null);
    });
  };
}

function guardedLookup(resolver: Resolver): LookupFunction {
  return lookupWith(resolver, (host, addresses) =>
    addresses.every(({ address }) => isPublicAddress(address)) ? undefined : notPublic(host),
  );
}

function plainLookup(resolver: Resolver): LookupFunction {
  return lookupWith(resolver, () => undefined);
}

function lookupWith(
  resolver: Resolver,
  check: (host: string, addresses: LookupAddress[]) => Error | undefined,
): LookupFunction {
  return (host, options, done) => {
    resolver(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const failure = error ?? check(host, addresses);
      if (failure !== undefined) return done(failure, '', 0);
      if (first === undefined) return done(new Error(`${host} has no address.`), '', 0);
      if (options.all === true) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };
}
