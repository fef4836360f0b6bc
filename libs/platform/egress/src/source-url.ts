import { isIP } from 'node:net';
import { AppError } from '@modelyard/platform-errors';
import { isPublicAddress } from './public-address';

export interface EgressRules {
  /**
   * `host:port` that may be reached although their addresses are not public (a mirror of one's own, MinIO). The host is
   * written as in a URL: a name, `10.0.0.7`, `[::1]`.
   */
  allowedHosts?: readonly string[];
}

/** `host:port` of a URL, with the port that the scheme stands for. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}

/** @param hostPort an IPv6 address with or without its brackets */
export function isAllowedHost(hostPort: string, rules: EgressRules): boolean {
  return (rules.allowedHosts ?? []).some((allowed) => bare(allowed) === bare(hostPort));
}

function bare(hostPort: string): string {
  return hostPort.toLowerCase().replace(/[[\]]/g, '');
}

/**
 * A URL that a user gave, if it may be fetched as far as the text itself tells: the addresses behind its name are checked
 * when it is connected to.
 *
 * @throws AppError VALIDATION_FAILED for anything but http and https, for credentials, and for addresses that are not public
 */
export function parseSourceUrl(text: string, rules: EgressRules = {}): URL {
  const url = URL.parse(text);
  if (url === null) throw refusal('The URL cannot be read. Write it in full: https://host/path.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw refusal(`URLs of the scheme ${url.protocol} are not fetched; use https: or http:.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw refusal(
      'The URL holds credentials, which would be stored and shown. Use one that needs none, or a signed URL.',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host) && !isAllowedHost(hostAndPort(url), rules)) {
    throw notPublic(host);
  }
  return url;
}

/** Addresses are not repeated for names: what a name resolves to inside is nothing that the asker should learn. */
export function notPublic(host: string): AppError {
  return refusal(
    `${host} is not on the public internet. Private, loopback and link-local addresses are not fetched; upload the file instead, or have the operator allow the host.`,
  );
}

function refusal(detail: string): AppError {
  return new AppError('VALIDATION_FAILED', detail);
}
