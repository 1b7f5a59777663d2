import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { IExecuteFunctions } from 'n8n-workflow';
import { ecsProblems } from '../schemas/ecs.mts';
import { ocsfProblems } from '../schemas/ocsf.mts';
import * as inputs from './inputs.mts';
import * as parts from './parts';

/** What must hold for whatever comes in. It throws, or rejects, where it does not. */
export type Property = fc.IAsyncProperty<unknown> | fc.IProperty<unknown>;

const { auditLog } = parts.SOURCES;

const DATE = 'Mon, 01 Jun 2026 08:00:00 GMT';
const SERVED_AT_MS = Date.parse(DATE);

const context = {
	getTimezone: () => 'Europe/Berlin',
	getNode: () => ({ name: 'Celonis', type: 'celonis', parameters: {} }),
} as unknown as IExecuteFunctions;

/** Every parser of what comes from outside, by name. */
export const properties: Readonly<Record<string, Property>> = {
	'answers: a page or a fault': fc.asyncProperty(
		fc.constantFrom(200, 200, 200, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503),
		inputs.headers,
		inputs.bodyTexts,
		fc.boolean(),
		async (status, headers, text, isDated) => {
			const body = parts.parseBody(text);
			const answer = {
				status,
				headers: isDated ? { ...headers, date: DATE } : headers,
				body,
				durationMs: 1,
			};
			const send = async () => {
				const fault = parts.classifyResponse(answer);
				if (fault) throw new parts.CelonisError(fault);
				return answer;
			};
			const limits = { maxPages: 3, maxRecords: 1000, maxEmptyPages: 3 };
			for (const pages of [
				parts.createPageNumberPaginator(send, { path: '/' }, limits),
				parts.createPageTokenPaginator(send, '/', limits),
			]) {
				const log = { ...auditLog, pages };
				await faultOrNothing(parts.fetchWindow(log, { fromMs: 0, toMs: SERVED_AT_MS }));
			}
		},
	),

	'records: good ones are kept, all of them, as they came': fc.asyncProperty(
		fc.array(inputs.goodRecords, { maxLength: 5 }),
		async (records) => {
			const events = await parts.fetchWindow(logOf(records), { fromMs: 0, toMs: Infinity });
			const ids = new Set(records.map(ownIdOf).filter((id) => id !== undefined));
			const own = records.filter((record) => ownIdOf(record) !== undefined).length;
			check(events.length === records.length - own + ids.size, 'a record was dropped');
			check(new Set(events.map(({ eventId }) => eventId)).size === events.length, 'one id twice');
			for (const event of events) {
				const item = parts.formatEvent(event, { format: auditLog.formats.event });
				check(Object.getPrototypeOf(item) === Object.prototype, 'a prototype was changed');
				check(records.includes(event.raw as Record<string, unknown>), 'a record was changed');
				check(
					Object.keys(event.raw).every((key) => Object.hasOwn(item, key)),
					'a field was dropped',
				);
				check(
					isDeepStrictEqual(parts.formatEvent(event, { format: auditLog.formats.raw }), event.raw),
					'raw is not raw',
				);
			}
			check(!('polluted' in {}) && Object.keys(Object.prototype).length === 0, 'pollution');
		},
	),

	'records: a bad one fails the reading, with its position': fc.asyncProperty(
		fc.array(inputs.goodRecords, { maxLength: 3 }),
		inputs.badRecords,
		fc.array(inputs.goodRecords, { maxLength: 3 }),
		async (before, bad, after) => {
			const pages = logOf([...before, bad, ...after]);
			const error = await parts.fetchWindow(pages, { fromMs: 0, toMs: Infinity }).then(
				() => undefined,
				(reason: unknown) => reason,
			);
			check(error instanceof parts.CelonisError, 'a bad record was passed over');
			const { position } = (error as parts.CelonisError).details;
			check(position === `record ${before.length + 1} of page 1`, `position: ${position}`);
		},
	),

	'records: whatever it is': fc.property(inputs.jsonValues, (value) => {
		const record = parts.parseRecord(value);
		check(typeof record === 'string' || Number.isFinite(record.timestampMs), 'neither nor');
	}),

	'filters: what is given is refused, or a test of records': fc.property(
		fc.dictionary(
			fc.constantFrom(...inputs.filterNames),
			fc.oneof(inputs.jsonValues, inputs.filterTexts, fc.array(inputs.filterTexts)),
			{ noNullPrototype: true },
		),
		fc.array(inputs.goodRecords, { maxLength: 4 }),
		(given, raws) => {
			const filters = orRefusal(() => parts.getFilters(context, given));
			if (!filters) return;
			const passes = parts.compileFilters(filters);
			for (const raw of raws) {
				check(typeof passes({ raw, timestampMs: 0 }) === 'boolean', 'neither yes nor no');
			}
			const isFree = Object.values(filters).every((filter) => !filter);
			check(!isFree || raws.every((raw) => passes({ raw, timestampMs: 0 })), 'lost for no reason');
		},
	),

	'formats: a valid document, whatever the record': fc.property(inputs.goodRecords, (raw) => {
		const event = { raw, eventId: 'id', timestampMs: Date.parse(String(raw.timestamp)) };
		const problems = [
			...ecsProblems(parts.formatEvent(event, { format: auditLog.formats.ecs })),
			...ocsfProblems(parts.formatEvent(event, { format: auditLog.formats.ocsf })),
		];
		check(problems.length === 0, problems.join('; '));
	}),

	'fields: a part of the item, or a refusal': fc.property(
		inputs.goodRecords,
		fc.oneof(
			inputs.jsonValues,
			fc.array(inputs.textsOf('actor', '.', 'email', '__proto__', 'constructor', ',', 'message')),
		),
		(raw, fields) => {
			const output = orRefusal(() =>
				parts.getOutputSettings(context, auditLog.formats, { output: 'raw', fields }),
			);
			if (!output) return;
			const before = JSON.stringify(raw);
			const item = parts.formatEvent({ raw, eventId: 'id', timestampMs: 0 }, output);
			check(JSON.stringify(raw) === before, 'the record was changed');
			check(Object.getPrototypeOf(item) === Object.prototype, 'a prototype was changed');
			check(
				Object.keys(item).every((name) => Object.hasOwn(raw, name)),
				'a field came from nowhere',
			);
			check(!('polluted' in {}) && Object.keys(Object.prototype).length === 0, 'pollution');
		},
	),

	timestamps: fc.property(
		fc.oneof(
			inputs.textsOf('2026', '-06-01', 'T', '08:00', ':00', '.123', 'Z', '+02:00', ' '),
			fc.anything(),
		),
		(value) => {
			const ms = parts.parseTimestamp(value);
			check(ms === undefined || Number.isFinite(ms), `${String(ms)} is no time`);
		},
	),

	'date parameters': fc.property(
		fc.oneof(
			inputs.textsOf('2026', '-06-01', 'T', '08:00', ' ', 'now', '1780000000'),
			inputs.jsonValues,
		),
		(value) => {
			const ms = orRefusal(() => parts.getDateTime(context, 'From', value));
			check(ms === undefined || Number.isFinite(ms), `${String(ms)} is no time`);
		},
	),

	actors: fc.property(
		fc.oneof(inputs.textsOf('u-1', ' ', '(', ')', '@', 'SYSTEM', 'ada@example.com'), fc.anything()),
		(value) => {
			const { type } = parts.parseUserId(value);
			check(['user', 'system', 'unknown'].includes(type), type);
		},
	),

	'team URLs: https, or http to this machine': fc.property(
		inputs.textsOf(
			'https://',
			'http://',
			'team.eu-1.celonis.cloud',
			'localhost',
			'127.0.0.1',
			'@',
			':',
			'/',
			'\\',
			'?',
			'#',
			'[::1]',
			' ',
		),
		(value) => {
			const origin = parts.parseTeamOrigin(value);
			if (origin === undefined) return;
			const url = new URL(value.trim());
			check(new URL(origin).origin === url.origin, `${origin} is not the origin of ${value}`);
			const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
			check(url.protocol === 'https:' || isLoopback, `${origin} is not secure`);
			check(url.username === '' && url.password === '', `${value} names a user`);
		},
	),

	keys: fc.property(
		fc.constantFrom('appKey' as const, 'apiKey' as const),
		inputs.textsOf('AppKey', 'Bearer', 'Authorization:', ' ', '\n', 'c2VjcmV0'),
		(keyType, pasted) => {
			const header = parts.buildAuthorization(keyType, pasted);
			check(/^(AppKey|Bearer) \S|^(AppKey|Bearer) $/.test(header), header.slice(0, 100));
		},
	),

	'rate limits': fc.property(inputs.headers, (headers) => {
		const waitMs = parts.parseRateLimitDelay({ status: 429, headers, body: '', durationMs: 1 });
		check(waitMs === undefined || (Number.isFinite(waitMs) && waitMs >= 0), `wait ${waitMs}`);
	}),

	'refusals: a short line without secrets': fc.property(
		inputs.bodyTexts,
		fc.stringMatching(/^[A-Za-z0-9]{8,40}$/),
		fc.constantFrom('detail', 'message', 'error', 'title', 'reference'),
		fc.boolean(),
		(text, secret, field, isObject) => {
			const words = `${text} ${secret} ${text}`;
			const body = isObject ? { [field]: words } : words;
			const line = parts.extractErrorMessage(body, [secret]);
			check(line === undefined || line.length <= 400, `${line?.length} characters`);
			check(!line?.includes(secret), 'a secret is shown');
		},
	),

	'failures of a request: a fault of the table': fc.property(
		fc.oneof(
			fc.anything(),
			fc.record(
				{
					code: fc.oneof(fc.string(), fc.constantFrom('ECONNRESET', 'ESTATUS', 'Z_BUF_ERROR')),
					status: fc.integer({ min: 100, max: 599 }),
					body: inputs.jsonValues,
					message: fc.string(),
					cause: fc.anything(),
					response: fc.oneof(
						fc.anything(),
						fc.record({ status: fc.integer({ min: 100, max: 599 }), data: inputs.jsonValues }),
					),
				},
				{ requiredKeys: [] },
			),
		),
		(thrown) => {
			const fault = parts.classifyFailure(thrown);
			check(
				!/[{}]|\?\)/.test(parts.formatMessage({ nativeCode: '-', ...fault })),
				parts.formatMessage(fault),
			);
			check(parts.formatHint(fault).length > 10, 'no advice');
		},
	),

	'saved positions: found, none, or unreadable': fc.property(
		fc.oneof(
			inputs.jsonValues,
			fc.record({
				v: fc.constantFrom(1, 1, 2, '1'),
				floor: fc.oneof(fc.integer(), fc.string()),
				read: fc.oneof(
					inputs.jsonValues,
					fc.array(fc.tuple(fc.integer(), fc.integer(), fc.oneof(fc.integer(), fc.constant(null)))),
				),
				seen: inputs.jsonValues,
				lastBatch: fc.option(inputs.jsonValues, { nil: undefined }),
			}),
		),
		(value) => {
			const found = parts.parseCursor(value);
			if (found.kind !== 'cursor') return;
			check(Number.isFinite(found.cursor.lowWatermark.ms), 'a position that is none');
			check([...found.cursor.seen.values()].every(Number.isFinite), 'an event without a time');
		},
	),
};

/** What was read; nothing where it was refused with an error for the user. */
function orRefusal<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (error) {
		check(error instanceof parts.NodeOperationError, `threw ${String(error)}`);
		return undefined;
	}
}

/** Lets our own faults pass, and nothing else. */
async function faultOrNothing(work: Promise<unknown>): Promise<void> {
	await work.catch((error: unknown) => {
		check(error instanceof parts.CelonisError, `threw ${String(error)}`);
		const { details } = error as parts.CelonisError;
		check(!/[{}]|\?\)/.test(parts.formatMessage(details)), parts.formatMessage(details));
	});
}

function logOf(records: readonly unknown[]): Parameters<typeof parts.fetchWindow>[0] {
	const pages = async function* () {
		yield {
			records,
			pageSize: 500,
			serverTimeMs: SERVED_AT_MS,
			readSinceMs: SERVED_AT_MS,
			isLast: true,
		};
	};
	return { ...auditLog, pages };
}

/** The id that Celonis itself gave a record: records that share one are one event. */
function ownIdOf({ eventId, id }: Record<string, unknown>): string | undefined {
	return [eventId, id].filter((own) => typeof own === 'string' && own.trim() !== '')[0] as
		| string
		| undefined;
}

function check(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}
