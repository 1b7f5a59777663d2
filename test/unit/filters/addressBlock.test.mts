import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	isAddress,
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

	it.each(['', 'unknown', '203.0.113.7:443', '203.0.113.7, 10.0.0.1', '203.0.113.007'])(
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

describe('isAddress', () => {
	it('accepts the addresses that Node.js accepts', () => {
		const texts = fc.oneof(
			ipv4s,
			ipv6s,
			fc
				.array(fc.constantFrom('1', '0', '255', '256', '.', ':', '::', 'ab', 'g', '/'), {
					maxLength: 15,
				})
				.map((parts) => parts.join('')),
		);
		fc.assert(
			fc.property(texts, (text) => {
				expect(isAddress(text)).toBe(isIP(text) !== 0);
			}),
			{ numRuns: 3000 },
		);
	});
});
