import fc from 'fast-check';
import { isPublicAddress } from './public-address';

/** RFC 6890 and its later additions, written down again from IANA's registries. */
const NOT_PUBLIC: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];
const toNumber = (address: string): number =>
  address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
const toHex = (number: number): string =>
  `${Math.floor(number / 65_536).toString(16)}:${(number % 65_536).toString(16)}`;
const isSpecial = (number: number): boolean =>
  NOT_PUBLIC.some(
    ([base, bits]) => Math.floor(number / 2 ** (32 - bits)) === Math.floor(toNumber(base) / 2 ** (32 - bits)),
  );

const special = fc
  .constantFrom(...NOT_PUBLIC)
  .chain(([base, bits]) =>
    fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map((offset) => toNumber(base) + offset),
  );
const ordinary = fc.integer({ min: 0, max: 2 ** 32 - 1 }).filter((number) => {
  // These are special too, but only partly, and no hosts that anybody fetches from.
  const amtOrAs112 = ['192.52.193.0', '192.31.196.0', '192.175.48.0', '192.88.99.0', '168.63.129.0'];
  return (
    !isSpecial(number) &&
    !amtOrAs112.some((net) => Math.floor(number / 256) === Math.floor(toNumber(net) / 256))
  );
});

it('refuses every special IPv4 address, however it is wrapped into IPv6', () => {
  fc.assert(
    fc.property(special, (number) => {
      const [text, hex] = [toAddress(number), toHex(number)];
      for (const address of [
        text,
        `::ffff:${text}`,
        `::ffff:${hex}`,
        `64:ff9b::${hex}`,
        `::${hex}`,
        `2002:${hex}::1`,
      ]) {
        expect([address, isPublicAddress(address)]).toEqual([address, false]);
      }
    }),
  );
});

it('takes every other IPv4 address, mapped and translated too', () => {
  fc.assert(
    fc.property(ordinary, (number) => {
      expect(isPublicAddress(toAddress(number))).toBe(true);
      expect(isPublicAddress(`::ffff:${toHex(number)}`)).toBe(true);
      expect(isPublicAddress(`64:ff9b::${toHex(number)}`)).toBe(true);
      // 6to4 and IPv4-compatible addresses lead through somebody's tunnel.
      expect(isPublicAddress(`2002:${toHex(number)}::1`)).toBe(false);
    }),
  );
});

it('refuses all of IPv6 outside of global unicast', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.tuple(group, group, group, group, group, group, group, group), (parts) => {
      fc.pre((parts[0] ?? 0) >> 13 !== 1);
      expect(isPublicAddress(parts.map((part) => part.toString(16)).join(':'))).toBe(false);
    }),
  );
});

it.each([
  '169.254.169.254', // metadata of most clouds
  'fd00:ec2::254',
  '100.100.100.200',
  '168.63.129.16',
  '192.0.0.192',
  '::',
  '::1',
  'fe80::1%eth0',
  'fc00::1',
  'ff02::1',
  '2001:db8::1',
  '2001:0:53aa:64c::1',
  '64:ff9b:1::a00:1',
  'localhost',
  '',
])('refuses %s', (address) => expect(isPublicAddress(address)).toBe(false));

it.each(['8.8.8.8', '2001:4860:4860::8888', '2606:4700::6810:84e5'])('takes %s', (address) =>
  expect(isPublicAddress(address)).toBe(true),
);
