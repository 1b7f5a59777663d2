import { getOwn, isJsonObject, type JsonObject } from '../../../records/json';
import { isBlank } from '../../../records/text';
import { parseJsonText, toJsonObject } from './jsonText';

/** What was changed: JSON text is parsed. */
export interface Change {
	readonly before?: unknown;
	readonly after?: unknown;
}

/** Keys of `message` that say whether something is switched on: `login-history-enabled`. */
const SWITCH_KEY = /enabled$/i;

/** The change that `diffPayload` describes, or else the switches that `message` has. */
export function parseChange(diffPayload: unknown, message: JsonObject): Change | undefined {
	const diff = toJsonObject(diffPayload) ?? {};
	const before = parseValue(getOwn(diff, 'oldValue'));
	const after = parseValue(getOwn(diff, 'newValue'));
	if (before !== undefined || after !== undefined) return { before, after };
	const switches = Object.entries(message).filter(
		([key, value]) => SWITCH_KEY.test(key) && toSwitch(value) !== undefined,
	);
	return switches.length > 0 ? { after: Object.fromEntries(switches) } : undefined;
}

/** Whether a change switched something on or off; `undefined` if it does not say. */
export function parseSwitch({ before, after }: Change = {}): 'on' | 'off' | undefined {
	if (!isJsonObject(after)) {
		const value = toSwitch(after);
		return value === toSwitch(before) ? undefined : value;
	}
	const old = isJsonObject(before) ? before : {};
	const switched = Object.keys(after)
		.filter(
			(key) => /enable|active/i.test(key) && toSwitch(after[key]) !== toSwitch(getOwn(old, key)),
		)
		.map((key) => toSwitch(after[key]));
	return switched.includes('off') ? 'off' : switched.find((value) => value !== undefined);
}

function toSwitch(value: unknown): 'on' | 'off' | undefined {
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	const text = typeof value === 'string' ? value.trim().toLowerCase() : '';
	if (['true', 'on', 'enabled', 'active'].includes(text)) return 'on';
	return ['false', 'off', 'disabled', 'inactive'].includes(text) ? 'off' : undefined;
}

function parseValue(value: unknown): unknown {
	if (isBlank(value)) return undefined;
	return typeof value === 'string' ? (parseJsonText(value) ?? value) : value;
}
