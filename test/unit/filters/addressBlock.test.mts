import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	isAddress,
	parseAddress,
	parseAddressBlock,
} from '../../../nodes/Celonis/filters/addressBlock';
import { lies } from '../sources/auditLog/filters/oracle.mts';

/** Whether a block holds an address, both as they are written. */
function holds(block: string, address: string): boolean {
	const found = parseAddress(address);
	return found !== undefined && parseAddressBlock(block)!(found);
}

const ipv4s = fc.ipV4();
const ipv6s = fc.oneof(
	fc.ipV6(),
	fc.constantFrom('::', '::1', '1::', '2001:db8::', 'fe80::1', 'FFFF::ABCD'),
	ipv4s.map((address) => `::ffff:${address}`),
);
const near = (address: string) => fc.oneof(fc.constant(address), ipv4s, ipv6s);

describe('an address block', () => {
	it('holds the addresses that the list of Node.js says it holds', () => {
		const cases = fc.oneof(ipv4s, ipv6s).chain((base) =>
			fc.record({
				base: fc.constant(base),
				bits: fc.option(fc.integer({ min: 0, max: base.includes(':') ? 128 : 32 })),
				address: near(base),
			}),
		);
		fc.assert(
			fc.property(cases, ({ base, bits, address }) => {
				const block = bits === null ? base : `${base}/${bits}`;
				expect(holds(block, address)).toBe(lies(block, address));
			}),
			{ numRuns: 2000 },
		);
	});

	it('can be cut at every bit', () => {
		const flip = (bit: number) =>
			[0, 1, 2, 3].map((byte) => (bit >> 3 === byte ? 128 >> bit % 8 : 0));
		for (let bits = 1; bits <= 32; bits++) {
			for (let bit = 0; bit < 32; bit++) {
				expect(holds(`0.0.0.0/${bits}`, flip(bit).join('.'))).toBe(bit >= bits);
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
	])('is not %p', (text) => {
		expect(parseAddressBlock(text)).toBeUndefined();
	});

	it.each(['', 'unknown', '203.0.113.7:443', '203.0.113.7, 10.0.0.1', '203.0.113.007'])(
		'does not hold %p',
		(address) => {
			for (const block of ['0.0.0.0/0', '::/0']) {
				expect(holds(block, address)).toBe(false);
			}
		},
	);

	it('holds an address whatever its zone and the spaces around it', () => {
		expect(holds(' fe80::/10 ', ' FE80::0001%eth0 ')).toBe(true);
	});
});

describe('an address', () => {
	it('is what Node.js takes for one', () => {
		const texts = fc.oneof(
			ipv4s,
			ipv6s,
			fc
				.array(fc.constantFrom('1', '0', '255', '256', '.', ':', '::', 'ab', 'g', '/'), {
					maxLength: 15,
				})
				.map((all) => all.join('')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				expect(isAddress(text)).toBe(isIP(text) !== 0);
			}),
			{ numRuns: 3000 },
		);
	});
});
