import { BlockList, isIP } from 'node:net';
import listing from '../../../../../data/celonis-audit-events.json' with { type: 'json' };
import { PRESETS } from '../../../../../nodes/Celonis/sources/auditLog/filters/presets';
import { parseDetails } from '../../../../../nodes/Celonis/sources/auditLog/output/details';
import type { FilterCollection } from './arbitraries.mts';

type Raw = Readonly<Record<string, unknown>>;

/** A naive implementation of the filters: it evaluates every filter anew for each record. */
export function matches(filters: FilterCollection, raw: Raw): boolean {
	return Object.entries(filters).every(([name, value]) => tests[name]!(value, raw));
}

const tests: Readonly<Record<string, (value: unknown, raw: Raw) => boolean>> = {
	actors: (value, raw) => isIncluded(value, getActorNames(raw), matchesWildcard),
	categories: (value, raw) => toEntries(value).some((entry) => isSame(entry, getCategory(raw))),
	eventPatterns: (value, raw) => isIncluded(value, toTexts(raw.event), matchesWildcard),
	eventTypes: (value, raw) => toEntries(value).some((entry) => isSame(entry, raw.event)),
	excludeSystem: (value, raw) => value !== true || !/\(\s*SYSTEM\s*\)\s*$/.test(String(raw.userId)),
	grantedPermissions: (value, raw) => isIncluded(value, getGranted(raw), matchesWildcard),
	ipAddresses: (value, raw) => isIncluded(value, toTexts(raw.ipAddress), isInBlock),
	preset: (value, raw) =>
		toEntries(value).some((entry) =>
			PRESETS[entry as keyof typeof PRESETS].events.some((event) => isSame(event, raw.event)),
		),
	roles: (value, raw) => isIncluded(value, toTexts(raw.userRole), matchesWildcard),
	targets: (value, raw) => isIncluded(value, getTargets(raw), matchesWildcard),
	text: (value, raw) => {
		const text = String(value).trim().toLowerCase();
		const json = JSON.stringify(raw).toLowerCase();
		return json.includes(text) || json.includes(escapeJson(text));
	},
};

function isIncluded(
	value: unknown,
	texts: readonly string[],
	test: (entry: string, text: string) => boolean,
): boolean {
	const entries = toEntries(value);
	const include = entries.filter((entry) => !entry.startsWith('!'));
	const exclude = entries.filter((entry) => entry.startsWith('!')).map((entry) => entry.slice(1));
	const matchesAny = (list: string[]) =>
		list.some((entry) => texts.some((text) => test(entry, text)));
	return (include.length === 0 || matchesAny(include)) && !matchesAny(exclude);
}

function toEntries(value: unknown): string[] {
	const text = Array.isArray(value) ? value.join(',') : String(value);
	return text
		.split(/[,\n]/)
		.map((entry) => entry.trim())
		.filter((entry) => entry !== '');
}

function toTexts(value: unknown): string[] {
	return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
}

function getActorNames({ userId }: Raw): string[] {
	return toTexts(userId).flatMap((text) => [text, ...text.split(/[ ()]+/)]);
}

function getGranted({ message }: Raw): string[] {
	if (typeof message !== 'object' || message === null) return [];
	const { old_permissions: before, new_permissions: after, status } = message as Raw;
	if (/^\s*(fail|error)/i.test(String(status))) return [];
	const old = toNames(before).map((name) => name.toLowerCase());
	return toNames(after).filter((name) => !old.includes(name.toLowerCase()));
}

/** A list, or a text with commas. */
function toNames(value: unknown): string[] {
	const entries = Array.isArray(value) ? value : toTexts(value).flatMap((text) => text.split(','));
	return (entries as unknown[])
		.filter((entry) => typeof entry === 'string' || typeof entry === 'number')
		.map((entry) => String(entry).trim())
		.filter((entry) => entry !== '');
}

/** By the model of ECS and OCSF. */
function getTargets(raw: Raw): string[] {
	const event = { raw, timestampMs: 0, team: '', eventId: '' };
	const { subject, member, object } = parseDetails(event);
	const affected = subject?.type === 'group' ? subject.group : subject?.user;
	return [affected, member, object].flatMap((entity) =>
		Object.values(entity ?? {}).filter((value) => value !== undefined),
	);
}

function getCategory({ category, event }: Raw): unknown {
	if (toTexts(category).length > 0) return category;
	const found = Object.entries(listing).find(([, names]) => (names as unknown[]).includes(event));
	return found?.[0].replace(/ \(extensive.*$/, '') ?? 'Other';
}

function isSame(a: unknown, b: unknown): boolean {
	return String(a).trim().toLowerCase() === String(b).trim().toLowerCase();
}

function escapeJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** Matches wildcards with a regular expression. */
export function matchesWildcard(pattern: string, text: string): boolean {
	const source = pattern
		.toLowerCase()
		.replace(/[.+()$]/g, '\\$&')
		.replace(/\*/g, '.*')
		.replace(/\?/g, '.');
	return new RegExp(`^${source}$`, 'su').test(text.toLowerCase());
}

/** Matches addresses with the block list of Node.js. */
export function isInBlock(block: string, address: string): boolean {
	const [base = '', bits] = block.split('/');
	const parsed = parseAddress(address);
	const subnet = parseAddress(base, bits === undefined ? 128 : Number(bits));
	if (!parsed || !subnet || parsed.family !== subnet.family) return false;
	const list = new BlockList();
	list.addSubnet(subnet.address, subnet.prefix, subnet.family);
	return list.check(parsed.address, parsed.family);
}

/** An IPv4-mapped IPv6 address counts as IPv4, unless the block is larger than IPv4. */
function parseAddress(text: string, bits = 128) {
	const address = text.replace(/%.*$/, '');
	const [, mapped] = /^::ffff:([\d.]+)$/i.exec(address) ?? [];
	if (mapped !== undefined && bits >= 96) {
		return { address: mapped, family: 'ipv4' as const, prefix: bits - 96 };
	}
	if (isIP(address) === 4) return { address, family: 'ipv4' as const, prefix: Math.min(bits, 32) };
	if (isIP(address) === 6) return { address, family: 'ipv6' as const, prefix: bits };
	return undefined;
}
