import { SECOND_MS } from '../support/durations.mts';

/** The forms in which a service may write the time of all its records, besides `2026-06-01T08:00:00.903Z`. */
export const TIMESTAMP_FORMS = {
	'epoch seconds': (ms: number) => ms / SECOND_MS,
	'epoch seconds as text': (ms: number) => `${(ms / SECOND_MS).toFixed(3)}000000`,
	'epoch milliseconds': (ms: number) => ms,
	'epoch milliseconds as text': (ms: number) => String(ms),
	'a blank for T': (ms: number) => formatWithoutZone(ms).replace('T', ' '),
	'no zone': (ms: number) => formatWithoutZone(ms),
	'an offset': (ms: number) => `${formatWithoutZone(ms + 5400 * SECOND_MS)}+01:30`,
	'a list': (ms: number) => listParts(new Date(ms)),
} as const satisfies Readonly<Record<string, (ms: number) => unknown>>;

export type TimestampForm = keyof typeof TIMESTAMP_FORMS;

const formatWithoutZone = (ms: number): string => new Date(ms).toISOString().slice(0, -1);

/** Year, month, day, hour, minute, second and nanosecond; without seconds and nanoseconds that are zero. */
function listParts(date: Date): number[] {
	const nanosecond = date.getUTCMilliseconds() * 1e6;
	const second = date.getUTCSeconds();
	return [
		date.getUTCFullYear(),
		date.getUTCMonth() + 1,
		date.getUTCDate(),
		date.getUTCHours(),
		date.getUTCMinutes(),
		...(second > 0 || nanosecond > 0 ? [second] : []),
		...(nanosecond > 0 ? [nanosecond] : []),
	];
}
