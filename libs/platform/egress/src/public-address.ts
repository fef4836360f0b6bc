import { parse, isValid } from 'ipaddr.js';
import type { IPv4, IPv6 } from 'ipaddr.js';

/** Azure's own services for virtual machines; the address is public by its range, and only reachable from inside. */
const AZURE_WIRE_SERVER = '168.63.129.16';
const NAT64_PREFIX = [0x64, 0xff9b, 0, 0, 0, 0];

/**
 * Whether an IP address belongs to a machine of the public internet. Private, loopback, link-local (cloud metadata),
 * carrier-grade NAT, multicast, documentation and reserved addresses do not; of IPv6 only global unicast does. An IPv4
 * address inside of an IPv6 one (mapped, NAT64) counts as what it is; tunnels (6to4, Teredo) never do.
 *
 * Ranges: the special-purpose registries of IANA (RFC 6890), as `ipaddr.js` has them.
 *
 * @param address as a resolver or a socket writes it; what is no IP address is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!isValid(address)) return false;
  const parsed = parse(address);
  return parsed.kind() === 'ipv4' ? isPublicIpv4(parsed as IPv4) : isPublicIpv6(parsed as IPv6);
}

function isPublicIpv4(address: IPv4): boolean {
  return address.range() === 'unicast' && address.toString() !== AZURE_WIRE_SERVER;
}

function isPublicIpv6(address: IPv6): boolean {
  const embedded = embeddedIpv4(address);
  if (embedded !== undefined) return isPublicAddress(embedded);
  // Global unicast is 2000::/3 and nothing else, whatever ranges will be given names.
  return address.range() === 'unicast' && (address.parts[0] ?? 0) >> 13 === 1;
}

function embeddedIpv4({ parts }: IPv6): string | undefined {
  const mapped = parts.slice(0, 5).every((part) => part === 0) && parts[5] === 0xffff;
  const translated = NAT64_PREFIX.every((part, i) => parts[i] === part);
  if (!mapped && !translated) return undefined;
  const [high = 0, low = 0] = parts.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
