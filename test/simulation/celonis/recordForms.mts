import type { Random } from '../../celonis/random.mts';
import type { RecordAnomalies } from '../plan/anomalies.mts';
import { omitFields } from '../../support/omitFields.mts';

type Fields = Record<string, unknown>;

/** Changes the records of a page's JSON. */
export type PageChange = (json: string, nowMs: number) => string;

/** How the records of a run are sent; `undefined`: as they are in the log. */
export function createPageChange(
	{ hasVaryingForms, ids }: RecordAnomalies,
	omitsNulls: boolean,
	random: Random,
): PageChange | undefined {
	const appearsAtMs = typeof ids === 'object' ? ids.fromMs : -Infinity;
	if (!hasVaryingForms && !omitsNulls && appearsAtMs === -Infinity) return undefined;
	return (json, nowMs) => {
		const page = parseLossless(json) as Fields | null;
		if (!Array.isArray(page?.content)) return json;
		const content = page.content.map((record: unknown) => {
			if (!isFields(record)) return record;
			const sent = nowMs < appearsAtMs ? omitFields(record, 'id') : record;
			const shown = omitsNulls ? omitNulls(sent) : sent;
			return hasVaryingForms ? varyRecord(shown, random) : shown;
		});
		return stringifyLossless({ ...page, content });
	};
}

function varyRecord(record: Fields, random: Random): Fields {
	const { timestamp, ...others } = record;
	const varied = {
		...(varyFields(others, random) as Fields),
		timestamp: varyTimestamp(timestamp, random),
	};
	return Object.fromEntries(random.shuffled(Object.entries(varied)));
}

/** Another form of a value with the same meaning. */
function varyValue(value: unknown, random: Random): unknown {
	if (Array.isArray(value)) {
		return random.shuffled(value).map((element) => varyElement(element, random));
	}
	return isFields(value) ? varyFields(value, random) : varyNumber(value, random);
}

/** An element keeps its place: an empty one is not the same as none. */
function varyElement(element: unknown, random: Random): unknown {
	return isEmpty(element) ? element : varyValue(element, random);
}

function varyFields(fields: Fields, random: Random): Fields {
	const entries = random.shuffled(Object.entries(fields)).flatMap(([name, value]) => {
		if (!isEmpty(value)) return [[name, varyValue(value, random)] as const];
		const empty = random.pick([undefined, null, '', [], {}]);
		return empty === undefined ? [] : [[name, empty] as const];
	});
	return Object.fromEntries(entries);
}

const WHOLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/;

/** Whole numbers as text, and the other way round. */
function varyNumber(value: unknown, random: Random): unknown {
	if (typeof value === 'string' && LONG_NUMBER_MARK.test(value)) {
		return random.chance(0.5) ? value.slice(1) : value;
	}
	const text = typeof value === 'number' ? String(value) : value;
	if (typeof text !== 'string' || !WHOLE_NUMBER.test(text)) return value;
	return random.chance(0.5) ? text : Number(text);
}

/** With more or fewer zeros at the end of the fraction. */
function varyTimestamp(timestamp: unknown, random: Random): unknown {
	if (typeof timestamp !== 'string') return timestamp;
	const parts = /^(.*T\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-].*)$/.exec(timestamp);
	if (!parts) return timestamp;
	const [, seconds, fraction = '', zone] = parts;
	const digits = fraction.replace(/0+$/, '').padEnd(random.pick([0, 3, 6]), '0');
	return `${seconds}${digits && `.${digits}`}${zone}`;
}

function omitNulls(record: Fields): Fields {
	return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

function isEmpty(value: unknown): boolean {
	if (value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value as object).length === 0;
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONG_NUMBER = /(?<=[:,[])\d{17,}(?=[,}\]])/g;
const LONG_NUMBER_MARK = /^#\d{17,}$/;

/** Numbers that are too long for JavaScript become texts with a mark. The texts of records have none of them. */
const parseLossless = (json: string): unknown =>
	JSON.parse(json.replace(LONG_NUMBER, (digits) => `"#${digits}"`));

const stringifyLossless = (value: unknown): string =>
	JSON.stringify(value).replace(/"#(\d{17,})"/g, '$1');
