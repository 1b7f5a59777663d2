import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	findAddress,
	parseAddress,
	parseAddressBlock,
} from '../../../nodes/Celonis/filters/addressBlock';
import { isInBlock } from '../sources/auditLog/filters/oracle.mts';

/** Whether a block contains an address. */
function contains(block: string, address: string): boolean {
	const parsed = parseAddress(address);
	return parsed !== undefined && parseAddressBlock(block)!(parsed);
}

const ipv4s = fc.ipV4();
const ipv6s = fc.oneof(
	fc.ipV6(),
	fc.constantFrom('::', '::1', '1::', '2001:db8::', 'fe80::1', 'FFFF::ABCD'),
	ipv4s.map((address) => `::ffff:${address}`),
);
const similarAddresses = (address: string) => fc.oneof(fc.constant(address), ipv4s, ipv6s);

describe('parseAddressBlock', () => {
	it('contains the addresses that the block list of Node.js contains', () => {
		const cases = fc.oneof(ipv4s, ipv6s).chain((base) =>
			fc.record({
				base: fc.constant(base),
				bits: fc.option(fc.integer({ min: 0, max: base.includes(':') ? 128 : 32 })),
				address: similarAddresses(base),
			}),
		);
		fc.assert(
			fc.property(cases, ({ base, bits, address }) => {
				const block = bits === null ? base : `${base}/${bits}`;
				expect(contains(block, address)).toBe(isInBlock(block, address));
			}),
			{ numRuns: 2000 },
		);
	});

	it('accepts a prefix of every length', () => {
		const flip = (bit: number) =>
			[0, 1, 2, 3].map((byte) => (bit >> 3 === byte ? 128 >> bit % 8 : 0));
		for (let bits = 1; bits <= 32; bits++) {
			for (let bit = 0; bit < 32; bit++) {
				expect(contains(`0.0.0.0/${bits}`, flip(bit).join('.'))).toBe(bit >= bits);
			}
		}
	});

	it.each([
		'203.0.113.0/33',
		'2001:db8::/129',
		'203.0.113',
		'203.0.113.256',
		'203.0.113.07',
		'0x7f.0.0.1',
		'1',
		'10.0.*',
		'10.0.0.0-10.0.0.9',
		'10.0.0.0/',
		'10.0.0.0/8/8',
		'10.0.0.0/-1',
		'2001:db8:::1',
		'1:2:3:4:5:6:7:8:9',
		'[::1]',
		'::1]/@[::2',
		'localhost',
		'',
		'/8',
	])('rejects %p', (text) => {
		expect(parseAddressBlock(text)).toBeUndefined();
	});

	it.each(['', 'unknown', '203.0.113.007', '203.0.113.7x', 'by=203.0.113.7', '[203.0.113.7'])(
		'does not contain %p',
		(address) => {
			for (const block of ['0.0.0.0/0', '::/0']) {
				expect(contains(block, address)).toBe(false);
			}
		},
	);

	it('ignores the zone of an address and the spaces around it', () => {
		expect(contains(' fe80::/10 ', ' FE80::0001%eth0 ')).toBe(true);
	});
});

/** An address as servers write it, alone. */
const writtenAddresses = fc
	.tuple(fc.oneof(ipv4s, ipv6s), fc.constantFrom('', '%eth0', '%25en1'), fc.nat({ max: 65_535 }))
	.chain(([address, zone, port]) => {
		const isIpv6 = address.includes(':');
		const zoned = isIpv6 ? address + zone : address;
		const forms = isIpv6
			? [
					zoned,
					`[${zoned}]`,
					`[${zoned}]:${port}`,
					`/[${zoned}]:${port}`,
					`for="[${zoned}]:${port}"`,
				]
			: [address, `${address}:${port}`, `/${address}:${port}`, `host/${address}`, `For=${address}`];
		return fc.record({ address: fc.constant(address), text: fc.constantFrom(...forms) });
	});
const gaps = fc.constantFrom('', ' ', '\t', '  ');
const noAddresses = fc.constantFrom(
	'',
	'unknown',
	'-',
	'_hidden',
	'for=unknown',
	'10.0.0.256',
	'443',
);

describe('findAddress', () => {
	it('finds the first address, whatever is written around it and behind it', () => {
		const cases = fc.record({
			before: fc.array(noAddresses, { maxLength: 2 }),
			first: writtenAddresses,
			after: fc.array(
				fc.oneof(
					noAddresses,
					writtenAddresses.map(({ text }) => text),
				),
			),
			gap: gaps,
		});
		fc.assert(
			fc.property(cases, ({ before, first, after, gap }) => {
				const text = gap + [...before, first.text, ...after].join(`${gap},${gap}`) + gap;
				expect([text, findAddress(text)]).toEqual([text, first.address]);
			}),
			{ numRuns: 3000 },
		);
	});

	it.each([
		['203.0.113.7, 10.0.0.5', '203.0.113.7'],
		['203.0.113.7 10.0.0.5', '203.0.113.7'],
		['unknown, 203.0.113.7', '203.0.113.7'],
		['203.0.113.7:51324', '203.0.113.7'],
		['[2001:db8::1]:443', '2001:db8::1'],
		[' [2001:db8::1] ', '2001:db8::1'],
		['::ffff:203.0.113.7:51324', '::ffff:203.0.113.7'],
		['2001:db8:0:0:0:0:0:1:51324', '2001:db8:0:0:0:0:0:1'],
		['2001:db8::1:443', '2001:db8::1:443'],
		['fe80::1%eth0', 'fe80::1'],
		['/203.0.113.7:51324', '203.0.113.7'],
		['203.0.113.7/32', '203.0.113.7'],
		['for=192.0.2.60;proto=http;by=203.0.113.43', '192.0.2.60'],
		['by=203.0.113.43;for="[2001:db8::1]:4711"', '2001:db8::1'],
	])('finds in %p: %s', (text, address) => {
		expect(findAddress(text)).toBe(address);
	});

	it('finds alone what Node.js takes for an address, and nothing in part of one', () => {
		const parts = fc.constantFrom('1', '0', '255', '256', '.', '..', '::', 'ab', 'g');
		const texts = fc.oneof(
			ipv4s,
			ipv6s,
			fc.array(parts, { maxLength: 15 }).map((all) => all.join('')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				const [withoutPort = ''] = /^.*(?=:\d+$)/.exec(text) ?? [];
				const expected = [text, withoutPort].find((each) => isIP(each) !== 0);
				expect([text, findAddress(text)]).toEqual([text, expected]);
			}),
			{ numRuns: 3000 },
		);
	});

	it.each([',', ':', '1', '[', '%', ':1', '1.', 'for=', '"', 'a '])(
		'takes linear time for many %p',
		(text) => {
			const startedMs = performance.now();
			findAddress(text.repeat(1_000_000));
			// Quadratic time would be hours.
			expect(performance.now() - startedMs).toBeLessThan(10_000);
		},
	);
});
