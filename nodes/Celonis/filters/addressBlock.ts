import { memoizeByText } from '../records/memoize';

/** An address as groups of 16 bits: two for IPv4, eight for IPv6. */
export type Address = readonly number[];

/** Whether an address is in a block. */
export type AddressBlock = (address: Address) => boolean;

/**
 * Parses a block in CIDR notation, such as `10.0.0.0/8` or `2001:db8::/32`, or a single address. Bits
 * after the prefix are ignored. `undefined` if the text is neither.
 */
export function parseAddressBlock(text: string): AddressBlock | undefined {
	const [, address = '', prefix] = /^([^/]*?)(?:\/(\d{1,3}))?$/.exec(text.trim()) ?? [];
	const groups = parseGroups(address);
	if (!groups) return undefined;
	const bits = prefix === undefined ? groups.length * 16 : Number(prefix);
	if (bits > groups.length * 16) return undefined;

	const isMapped = isMappedIpv4(groups) && bits >= MAPPED_BITS;
	const block = isMapped ? toIpv4(groups) : groups;
	const blockBits = isMapped ? bits - MAPPED_BITS : bits;
	return (address) => address.length === block.length && shareBits(address, block, blockBits);
}

/**
 * Parses the address of a record, see `findAddress`. An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`)
 * is the IPv4 address.
 */
export function parseAddress(text: string): Address | undefined {
	const groups = parseGroups(findAddress(text) ?? '');
	return groups && isMappedIpv4(groups) ? toIpv4(groups) : groups;
}

/**
 * The first IP address in a record's text, without a port, a zone and brackets. Celonis documents one
 * address. Servers also write the proxies behind it (`203.0.113.7, 10.0.0.5`), a port
 * (`[2001:db8::1]:443`), RFC 7239 (`for=203.0.113.7;proto=https`), and in Java `/203.0.113.7:443`.
 */
export const findAddress: (text: string) => string | undefined = memoizeByText(searchAddress);

function searchAddress(text: string): string | undefined {
	for (const [part] of text.matchAll(/[^\s,;/]+/g)) {
		const bare = part
			.replace(/^for=/i, '')
			.replace(/^"|"$/g, '')
			.replace(/^\[([^[\]]*)\](:\d*)?$/, '$1');
		for (const candidate of [bare, bare.replace(/:\d+$/, '')]) {
			const address = candidate.replace(/%.*$/s, '');
			if (parseGroups(address)) return address;
		}
	}
	return undefined;
}

function parseGroups(text: string): Address | undefined {
	return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

/** Four decimal numbers without leading zeros, which some programs read as octal. */
function parseIpv4(text: string): Address | undefined {
	const bytes = text.split('.').map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? +part : 256));
	const [a = 256, b = 256, c = 256, d = 256] = bytes;
	if (bytes.length !== 4 || Math.max(a, b, c, d) > 255) return undefined;
	return [a * 256 + b, c * 256 + d];
}

/** The URL parser of Node.js normalizes the many notations of an IPv6 address. */
function parseIpv6(text: string): Address | undefined {
	if (!/^[\da-f:.]+$/i.test(text)) return undefined;
	let host: string;
	try {
		host = new URL(`http://[${text}]`).hostname.slice(1, -1);
	} catch {
		return undefined;
	}
	const [left = '', right] = host.split('::');
	const before = parseHexGroups(left);
	if (right === undefined) return before;
	const after = parseHexGroups(right);
	return [...before, ...zeros(8 - before.length - after.length), ...after];
}

function parseHexGroups(text: string): number[] {
	return text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

const MAPPED_BITS = 96;

function isMappedIpv4(groups: Address): boolean {
	return (
		groups.length === 8 && groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
	);
}

const toIpv4 = (groups: Address): Address => groups.slice(6);

function shareBits(a: Address, b: Address, bits: number): boolean {
	return a.every((group, index) => {
		const sharedBits = Math.min(16, Math.max(0, bits - index * 16));
		return (group ^ (b[index] ?? 0)) >> (16 - sharedBits) === 0;
	});
}
