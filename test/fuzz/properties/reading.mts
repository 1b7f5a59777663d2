import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseBody } from '../../../nodes/Celonis/http/body';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';
import { formatEvent } from '../../../nodes/Celonis/output/items';
import { createPageNumberPaginator } from '../../../nodes/Celonis/reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../../nodes/Celonis/reading/pageTokenPaginator';
import type { EventLog } from '../../../nodes/Celonis/reading/eventLog';
import { fetchSlice } from '../../../nodes/Celonis/reading/fetchSlice';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import type { TimeWindow } from '../../../nodes/Celonis/records/timeWindow';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { check, orCelonisError } from './check.mts';
import type { Properties } from './check.mts';
import * as inputs from '../inputs.mts';

const DATE = 'Mon, 01 Jun 2026 08:00:00 GMT';
const SERVED_AT_MS = Date.parse(DATE);

/** What is read from responses. */
export const readingProperties: Properties = {
	'responses: a page or a CelonisError': fc.asyncProperty(
		fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503),
		inputs.headers,
		inputs.bodyTexts,
		fc.boolean(),
		async (status, headers, text, isDated) => {
			const body = parseBody(text);
			const response = {
				status,
				headers: isDated ? { ...headers, date: DATE } : headers,
				body,
				sentAtMs: 0,
				durationMs: 1,
			};
			const send = async () => {
				const error = classifyResponse('auditLog', response);
				if (error) throw error;
				return response;
			};
			const limits = { maxPages: 3, maxRecords: 1000, maxEmptyPages: 3 };
			const connection = { api: 'auditLog', team: 'team.example', send } as const;
			for (const pages of [
				createPageNumberPaginator(connection, { path: '/' }, limits),
				createPageTokenPaginator(connection, '/', limits),
			]) {
				const log = { ...auditLog, team: 'team.example', pages };
				await orCelonisError(readWindow(log, { fromMs: 0, toMs: SERVED_AT_MS }));
			}
		},
	),

	'records: each valid one becomes one unchanged event': fc.asyncProperty(
		fc.array(inputs.goodRecords, { maxLength: 5 }),
		async (records) => {
			const events = await readWindow(createLog(records), { fromMs: 0, toMs: Infinity });
			check(events.length === records.length, 'a record was dropped');
			check(
				new Set(events.map(({ eventId }) => eventId)).size === events.length,
				'an event id is not unique',
			);
			for (const event of events) {
				const item = formatEvent(event, { format: auditLog.formatters.event });
				check(Object.getPrototypeOf(item) === Object.prototype, 'a prototype was changed');
				check(records.includes(event.raw as Record<string, unknown>), 'a record was changed');
				check(
					Object.keys(event.raw).every((key) => Object.hasOwn(item, key)),
					'a field was dropped',
				);
				check(
					isDeepStrictEqual(formatEvent(event, { format: auditLog.formatters.raw }), event.raw),
					'the raw item differs from the record',
				);
			}
			check(
				!('polluted' in {}) && Object.keys(Object.prototype).length === 0,
				'Object.prototype was polluted',
			);
		},
	),

	'records: one that cannot be read does not hold up the others': fc.asyncProperty(
		fc.array(inputs.goodRecords, { maxLength: 3 }),
		inputs.badRecords,
		fc.array(inputs.goodRecords, { maxLength: 3 }),
		async (before, bad, after) => {
			const log = createLog([...before, bad, ...after]);
			const events = await readWindow(log, { fromMs: 0, toMs: Infinity });
			check(events.length === before.length + after.length + 1, 'a record was dropped');
			const unreadable = events.filter(({ problem }) => problem !== undefined);
			check(unreadable.length === 1, 'the record has no problem');
			for (const format of Object.values(auditLog.formatters)) {
				formatEvent(unreadable[0]!, { format });
			}
		},
	),
};

/** Reads a window as one slice, however long it is. */
async function readWindow(log: EventLog, window: TimeWindow): Promise<LogEvent[]> {
	const outcome = await fetchSlice(log, window, () => undefined);
	if (!('events' in outcome)) throw new Error('the slice was split');
	return outcome.events;
}

function createLog(records: readonly unknown[]): EventLog {
	const pages = async function* () {
		yield {
			records,
			pageSize: 500,
			clocks: { serverMs: SERVED_AT_MS, machineMs: SERVED_AT_MS, durationMs: 0 },
			isLast: true,
		};
	};
	return { ...auditLog, team: 'team.example', pages };
}
