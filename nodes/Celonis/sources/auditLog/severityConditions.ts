import { isJsonObject, type JsonObject } from '../../records/json';
import { toText } from '../../records/text';

/** What a record says, as far as it matters for the severity. `Details` has all of it. */
export interface SeverityFacts {
	readonly message?: JsonObject;
	readonly change?: { readonly before?: unknown; readonly after?: unknown };
	readonly switched?: 'on' | 'off';
	readonly privileges?: { readonly gained: readonly string[] };
	readonly outcome?: string;
}

/** The conditions of severity rules: whether what a record says makes a rule apply. */
export const SEVERITY_CONDITIONS = {
	switchedOn: ({ switched }: SeverityFacts) => switched === 'on',
	switchedOff: ({ switched }: SeverityFacts) => switched === 'off',
	/** The time after which records are deleted became shorter. */
	retentionShortened,
	/** A permission was granted that administrators have. */
	adminPermission: ({ privileges, outcome }: SeverityFacts) =>
		outcome !== 'failure' && privileges?.gained.some(isAdmin) === true,
	/** Somebody got the role of an administrator. */
	adminRole,
	/** The group is one of administrators, by its name. */
	adminGroup: ({ message = {}, outcome }: SeverityFacts) =>
		outcome !== 'failure' && isAdmin(toText(message.name) ?? ''),
	failed: ({ outcome }: SeverityFacts) => outcome === 'failure',
} as const satisfies Readonly<Record<string, (facts: SeverityFacts) => boolean>>;

export type SeverityCondition = keyof typeof SEVERITY_CONDITIONS;

/** Names of permissions, roles and groups that make somebody an administrator, or let them make one. */
const ADMIN = /admin|super.?user|(?:manage|edit|grant|assign).?(?:permission|role|member|user)/i;

function isAdmin(name: string): boolean {
	return ADMIN.test(name);
}

/** A text, number or null somewhere in a value, and the keys that lead to it. */
interface Leaf {
	readonly path: string;
	readonly value: unknown;
}

/** Settings are not nested deeper. */
const MAX_LEVELS = 4;

function* findLeaves(value: unknown, path = '', levels = MAX_LEVELS): Generator<Leaf> {
	if (typeof value !== 'object' || value === null) yield { path, value };
	else if (levels > 0) {
		for (const [key, inner] of Object.entries(value)) {
			yield* findLeaves(inner, Array.isArray(value) ? path : `${path}.${key}`, levels - 1);
		}
	}
}

/** A key of `message` that stands for the state before the event. */
const OLD_KEY = /old|previous|before/i;

function adminRole({ message = {}, change = {}, outcome }: SeverityFacts): boolean {
	if (outcome === 'failure') return false;
	const before = new Set(findRoles(change.before));
	const after = new Set(findRoles(change.after));
	for (const [key, value] of Object.entries(message)) {
		const roles = findRoles({ [key]: value });
		for (const role of roles) (OLD_KEY.test(key) ? before : after).add(role);
	}
	return [...after].some(isAdmin) && ![...before].some(isAdmin);
}

/** The value of a change may be the role itself, without a key that says so. */
const ADMIN_ROLE = /^(?:\w+_)?ADMIN(?:ISTRATOR)?$/i;

function findRoles(value: unknown): string[] {
	return [...findLeaves(value)].flatMap((leaf) => {
		const text = toText(leaf.value) ?? '';
		const isRole = leaf.path === '' ? ADMIN_ROLE.test(text) : /role/i.test(leaf.path);
		return isRole ? [text] : [];
	});
}

const RETENTION_KEY = /retention|retain|expir|keep|days|months|years|period/i;

function retentionShortened({ change = {} }: SeverityFacts): boolean {
	const { before, after } = change;
	if (!isJsonObject(after) || !isJsonObject(before)) return isShorter(after, before, '');
	const old = new Map([...findLeaves(before)].map(({ path, value }) => [path, value]));
	return [...findLeaves(after)].some(
		({ path, value }) =>
			RETENTION_KEY.test(path) && old.has(path) && isShorter(value, old.get(path), path),
	);
}

function isShorter(after: unknown, before: unknown, path: string): boolean {
	const newDays = toDays(after, path);
	const oldDays = toDays(before, path);
	return newDays !== undefined && oldDays !== undefined && newDays < oldDays;
}

const UNLIMITED = /^(?:never|unlimited|forever|none|indefinite|-1$)/i;

/** `30`, `30 days`, `10_YEARS`, `MONTHS_6`, `P30D`. */
const DURATION = /^p?([a-z]*)[ _-]?(\d+(?:\.\d+)?)[ _-]?([a-z]*)$/i;

/** A time in days; the unit may be in the key. Celonis deletes nothing unless an admin sets a time. */
function toDays(value: unknown, path: string): number | undefined {
	if (value === null) return Infinity;
	const text = toText(value)?.slice(0, 50) ?? '';
	if (UNLIMITED.test(text)) return Infinity;
	const [, prefix = '', count, suffix = ''] = DURATION.exec(text) ?? [];
	if (count === undefined) return undefined;
	const unit = (prefix + suffix).toLowerCase();
	if (unit.startsWith('y') || (unit === '' && /year/i.test(path))) return Number(count) * 365;
	if (unit.startsWith('m') || (unit === '' && /month/i.test(path))) return Number(count) * 30;
	return Number(count);
}
