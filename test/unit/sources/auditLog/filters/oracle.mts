import { BlockList, isIP } from 'node:net';
import listing from '../../../../../data/celonis-audit-events.json' with { type: 'json' };
import { PRESETS } from '../../../../../nodes/Celonis/sources/auditLog/filters/presets';
import type { GivenFilters } from './arbitraries.mts';

type Raw = Readonly<Record<string, unknown>>;

/** What passes, by the plainest means there are: every filter by itself, anew for each record. */
export function passes(given: GivenFilters, raw: Raw): boolean {
	return Object.entries(given).every(([name, value]) => tests[name]!(value, raw));
}

const tests: Readonly<Record<string, (value: unknown, raw: Raw) => boolean>> = {
	actors: (value, raw) => choose(value, namesOf(raw), wildcard),
	categories: (value, raw) => entriesOf(value).some((entry) => same(entry, categoryOf(raw))),
	eventPatterns: (value, raw) => choose(value, textsOf(raw.event), wildcard),
	eventTypes: (value, raw) => entriesOf(value).some((entry) => same(entry, raw.event)),
	excludeSystem: (value, raw) => value !== true || !/\(\s*SYSTEM\s*\)\s*$/.test(String(raw.userId)),
	ipAddresses: (value, raw) => choose(value, textsOf(raw.ipAddress), lies),
	preset: (value, raw) =>
		entriesOf(value).some((entry) =>
			PRESETS[entry as keyof typeof PRESETS].events.some((event) => same(event, raw.event)),
		),
	roles: (value, raw) => choose(value, textsOf(raw.userRole), wildcard),
	text: (value, raw) => {
		const wanted = String(value).trim().toLowerCase();
		const written = JSON.stringify(raw).toLowerCase();
		return written.includes(wanted) || JSON.stringify(raw).toLowerCase().includes(escaped(wanted));
	},
};

function choose(
	value: unknown,
	texts: readonly string[],
	fits: (entry: string, text: string) => boolean,
): boolean {
	const entries = entriesOf(value);
	const taken = entries.filter((entry) => !entry.startsWith('!'));
	const left = entries.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1));
	const isTaken = taken.some((entry) => texts.some((text) => fits(entry, text)));
	const isLeft = left.some((entry) => texts.some((text) => fits(entry, text)));
	return (taken.length === 0 || isTaken) && !isLeft;
}

function entriesOf(value: unknown): string[] {
	const text = Array.isArray(value) ? value.join(',') : String(value);
	return text
		.split(/[,\n]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function textsOf(value: unknown): string[] {
	return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
}

function namesOf({ userId }: Raw): string[] {
	return textsOf(userId).flatMap((text) => [text, ...text.split(/[ ()]+/)]);
}

function categoryOf({ category, event }: Raw): unknown {
	if (textsOf(category).length > 0) return category;
	const found = Object.entries(listing).find(([, names]) => (names as unknown[]).includes(event));
	return found?.[0].replace(/ \(extensive.*$/, '') ?? 'Other';
}

function same(a: unknown, b: unknown): boolean {
	return String(a).trim().toLowerCase() === String(b).trim().toLowerCase();
}

function escaped(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** Wildcards by a regular expression. */
export function wildcard(pattern: string, text: string): boolean {
	const source = pattern
		.toLowerCase()
		.replace(/[.+()$]/g, '\\$&')
		.replace(/\*/g, '.*')
		.replace(/\?/g, '.');
	return new RegExp(`^${source}$`, 'su').test(text.toLowerCase());
}

/** Addresses and blocks by Node.js' own list. */
export function lies(block: string, address: string): boolean {
	const [base = '', bits] = block.split('/');
	const found = familyOf(address);
	const wanted = familyOf(base, bits === undefined ? 128 : Number(bits));
	if (!found || !wanted || found.family !== wanted.family) return false;
	const list = new BlockList();
	list.addSubnet(wanted.address, wanted.prefix, wanted.family);
	return list.check(found.address, found.family);
}

/** IPv4 inside of IPv6 counts as IPv4, unless a block goes beyond it. */
function familyOf(text: string, bits = 128) {
	const address = text.replace(/%.*$/, '');
	const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
	if (mapped !== undefined && bits >= 96) {
		return { address: mapped, family: 'ipv4' as const, prefix: bits - 96 };
	}
	if (isIP(address) === 4) return { address, family: 'ipv4' as const, prefix: Math.min(bits, 32) };
	if (isIP(address) === 6) return { address, family: 'ipv6' as const, prefix: bits };
	return undefined;
}
