import { getSubMillisecondDigits, parseTimestamp } from '../../nodes/Celonis/records/timestamp';
import type { DateForm, TimestampForm } from './words.mts';

/** The forms that texts may have, the first that fits. */
const TEXT_FORMS: ReadonlyArray<readonly [RegExp, TimestampForm]> = [
	[/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, 'yyyy-MM-ddTHH:mm:ss.SSSZ'],
	[/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'yyyy-MM-ddTHH:mm:ssZ'],
	[/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?Z$/, 'another fraction of a second, Z'],
	[/^\d{4}-\d\d-\d\dT[\d:.,]+[+-]\d\d:?\d\d$/, 'with an offset'],
	[/^\d{4}-\d\d-\d\dT[\d:.,]+$/, 'without a zone'],
	[/^\d{4}-\d\d-\d\d +[\d:.,]+/, 'with a blank for T'],
	[/^\d{9,10}(?:\.\d+)?$/, 'epoch seconds as text'],
	[/^\d{12,15}$/, 'epoch milliseconds as text'],
	[/^\d+\/\d+\/\d{4}, \d+:\d\d:\d\d [AP]M UTC$/, 'M/d/yyyy, h:mm:ss AM UTC'],
];

/** The form of a timestamp in a record. */
export function getTimestampForm(value: unknown): TimestampForm {
	if (value === null || value === undefined) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'number') return value < 1e11 ? 'epoch seconds' : 'epoch milliseconds';
	if (typeof value !== 'string') return 'another form';
	return TEXT_FORMS.find(([pattern]) => pattern.test(value))?.[1] ?? 'another form';
}

/** The time of a record, if it is a whole number of milliseconds; epoch milliseconds. */
export function getExactTime(timestamp: unknown): number | undefined {
	return getSubMillisecondDigits(timestamp) === '' ? parseTimestamp(timestamp) : undefined;
}

/** Forms, and the steps in which they can express a time. */
const WRITERS: Readonly<
	Record<DateForm, { readonly stepMs: number; write(iso: string, ms: number): string }>
> = {
	'yyyy-MM-ddTHH:mm:ss.SSSZ': { stepMs: 1, write: (iso) => iso },
	'yyyy-MM-ddTHH:mm:ssZ': { stepMs: 1000, write: (iso) => `${iso.slice(0, 19)}Z` },
	'yyyy-MM-ddTHH:mm:ss': { stepMs: 1000, write: (iso) => iso.slice(0, 19) },
	'yyyy-MM-ddTHH:mm:ss.SSS+00:00': { stepMs: 1, write: (iso) => iso.replace('Z', '+00:00') },
	'epoch milliseconds': { stepMs: 1, write: (_iso, ms) => String(ms) },
};

/** The smallest step that a form can express, in milliseconds. */
export const getStepMs = (form: DateForm): number => WRITERS[form].stepMs;

/** A window as query parameters: rounded outwards to what the form can express. */
export function writeWindow(
	{ fromMs, toMs }: { readonly fromMs?: number; readonly toMs?: number },
	form: DateForm,
): { from?: string; to?: string } {
	const { stepMs, write } = WRITERS[form];
	const format = (ms: number) => write(new Date(ms).toISOString(), ms);
	return {
		...(fromMs !== undefined && { from: format(stepMs * Math.floor(fromMs / stepMs)) }),
		...(toMs !== undefined && { to: format(stepMs * Math.ceil(toMs / stepMs)) }),
	};
}
