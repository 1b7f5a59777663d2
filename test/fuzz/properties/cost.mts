import fc from 'fast-check';
import { isCelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { parseBody } from '../../../nodes/Celonis/http/body';
import { classifyResponse } from '../../../nodes/Celonis/http/classification';
import { classifyFailure } from '../../../nodes/Celonis/http/failureClassification';
import { parseRateLimitDelay } from '../../../nodes/Celonis/http/rateLimit';
import { buildSecretForms } from '../../../nodes/Celonis/http/secretForms';
import { indexMembers, parseMember } from '../../../nodes/Celonis/members/directory';
import { formatEvent } from '../../../nodes/Celonis/output/items';
import { parsePageToken } from '../../../nodes/Celonis/reading/pageToken';
import { parseListing } from '../../../nodes/Celonis/reading/parseListing';
import { assignEventIds } from '../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../nodes/Celonis/records/record';
import { inferColumns } from '../../../nodes/Celonis/resources/dataPool/columns';
import { isRowError } from '../../../nodes/Celonis/resources/dataPool/rowError';
import { buildTable } from '../../../nodes/Celonis/resources/dataPool/table';
import { SOURCES } from '../../../nodes/Celonis/sources';
import { createParameterReader } from '../../support/parameterReader';
import { findSuperlinearTime, type GrowingWork } from '../linearTime.mts';
import { check, type Properties } from './check.mts';

/** What slow patterns stumble over. */
const PIECES = [
	...[' ', '\t', '\n', '(', ')', '<', '>', '[', ']', '{', '}', '"', '\\', '/', '%', '&', ';', ':'],
	...[
		'.',
		',',
		'@',
		'-',
		'_',
		'*',
		'?',
		'=',
		'0',
		'1',
		'e',
		'E+',
		'a',
		'T',
		'Z',
		'\u00e4',
		'\ud800',
	],
	...['<title>', '</title', '<h1', '&#', '&amp;', 'Bearer ', 'eyJ', 'for=', '::', '%25', ' at 10:'],
	...[
		'a@',
		'@a',
		'1.',
		'10.0.0.1,',
		'2026-',
		'error',
		'","',
		'\\"',
		'{"a":',
		'"a":1,',
		'[1,',
		'A B',
	],
];

/** A text of about this many characters: something again and again, between two other things. */
type GrowingText = (length: number) => string;

const growingTexts: fc.Arbitrary<GrowingText> = fc
	.record({
		start: fc.constantFrom('', ...PIECES),
		again: fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }),
		end: fc.constantFrom('', ...PIECES),
	})
	.map(({ start, again, end }) => (length) => {
		const unit = again.join('');
		return start + unit.repeat(Math.ceil(length / unit.length)) + end;
	});

/** Makes a value of about this many characters of JSON. */
type Shape = (text: GrowingText, size: number) => unknown;

const SHAPES: Readonly<Record<string, Shape>> = {
	'a text': (text, size) => text(size),
	'a list of texts': (text, size) => Array.from({ length: size / 16 }, (_, i) => `${text(8)}${i}`),
	'a list of the same text': (text, size) => Array.from({ length: size / 16 }, () => text(8)),
	'a list of objects': (text, size) =>
		Array.from({ length: size / 32 }, (_, i) => ({ name: `${text(8)}${i}` })),
	'an object of many fields': (text, size) =>
		Object.fromEntries(Array.from({ length: size / 16 }, (_, i) => [`${text(8)}${i}`, i])),
	'nested lists': (_, size) => nest('[', ']', size),
	'nested objects': (_, size) => nest('{"a":', '}', size),
	'nested errors': (_, size) => nest('{"error":', '}', size),
};

/** Too deep for recursion, whatever the size: another way of working is used there, which is slower. */
const MIN_DEPTH = 8_000;

function nest(open: string, close: string, size: number): unknown {
	const depth = MIN_DEPTH + size / 8;
	return JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);
}

const RECORD = {
	timestamp: '2026-06-01T08:00:00Z',
	event: 'PERMISSIONS_UPDATE',
	userId: 'u-1 (ada@example.com)',
	userRole: 'ADMIN',
	authenticationEventType: 'LOGIN',
	message: { subject_type: 'USER', subject_description: 'Ada (ada@example.com)' },
};
const RECORD_FIELDS = [
	...['timestamp', 'event', 'userId', 'userRole', 'ipAddress', 'port', 'message', 'diffPayload'],
	...['email', 'success', 'authenticationEventType', 'eventId', 'actor', 'category', 'other'],
];
const MESSAGE_FIELDS = [
	...['old_permissions', 'new_permissions', 'subject_description', 'subject_type', 'object_id'],
	...['status', 'reason', 'email', 'userEmail', 'userId', 'updatedUserName', 'name', 'id', 'other'],
];
const MEMBER = {
	userId: 'u-1',
	nameAndEmail: 'Ada (ada@example.com)',
	group: [],
	userRole: 'ADMIN',
};
const ENVELOPE_FIELDS = [
	'content',
	'nextPageToken',
	'totalCount',
	'status',
	'error',
	'links',
	'page',
];
const ERROR_FIELDS = ['detail', 'message', 'error', 'errors', 'title', 'reference', 'fault'];

const SECRETS = buildSecretForms('not-a-secret-12345678');

const MEMBERS = indexMembers([parseMember(MEMBER)]);
const FILTERS = {
	actors: '*@example.com, !*bob*',
	eventPatterns: '*PERM*, A*B*C',
	roles: 'ADM*',
	ipAddresses: '10.0.0.0/8, !2001:db8::/32',
	text: 'nowhere',
};
/** Filters of `message` by themselves: the others would reject the record before. */
const AFFECTED_FILTERS = { grantedPermissions: '!*ADM*N*', targets: '*b*b@*, !*nobody*' };
const filters = [FILTERS, AFFECTED_FILTERS].map((values) =>
	SOURCES.auditLog.getEventFilter(createParameterReader({ filters: values })),
);

/** Everything that is done with a record. */
function processRecord(raw: unknown): void {
	for (const source of Object.values(SOURCES)) {
		const record = parseRecord(raw, 0);
		for (const { matches } of filters) matches(record);
		const [event] = assignEventIds([record, record], { ...source, team: 'team.example' });
		const fields = [['event'], ['message', 'name'], ['celonis', 'message']];
		for (const format of Object.values(source.formatters)) {
			formatEvent(event!, { format, members: MEMBERS, fields });
		}
	}
}

function processResponse(status: number, body: unknown, headers: Record<string, string>): void {
	const response = { status, headers, body, sentAtMs: 0, durationMs: 0 };
	for (const api of ['auditLog', 'dataPush'] as const) {
		classifyResponse(api, response, SECRETS);
		classifyFailure(api, { status, body, code: 'ESTATUS' }, SECRETS);
		classifyFailure(api, { response: { ...response, data: body } }, SECRETS);
	}
	parseRateLimitDelay(response);
}

function processRows(rows: ReadonlyArray<Record<string, unknown>>): void {
	const table = buildTable(rows, inferColumns(rows), []);
	for (const chunk of table.createChunks(1e6)) check(chunk.length > 0, 'an empty chunk');
}

/** Work on something that a server sends, with a value of any shape in it. */
const TARGETS: Readonly<Record<string, (value: unknown) => () => void>> = {
	...Object.fromEntries(
		RECORD_FIELDS.map((field) => [
			`the field ${field} of a record`,
			(value: unknown) => () => processRecord({ ...RECORD, [field]: value }),
		]),
	),
	...Object.fromEntries(
		MESSAGE_FIELDS.map((field) => [
			`the field ${field} of a message`,
			(value: unknown) => () =>
				processRecord({ ...RECORD, message: { ...RECORD.message, [field]: value } }),
		]),
	),
	...Object.fromEntries(
		Object.keys(MEMBER).map((field) => [
			`the field ${field} of a member`,
			(value: unknown) => () => {
				indexMembers([parseMember({ ...MEMBER, [field]: value })]).find({ id: 'x', email: 'y' });
			},
		]),
	),
	...Object.fromEntries(
		ENVELOPE_FIELDS.map((field) => [
			`the field ${field} of a page`,
			(value: unknown) => () => {
				const body = { content: [RECORD], [field]: value };
				processResponse(200, body, {});
				orOwnError(() => void parsePageToken('auditLog', body));
				const response = { status: 200, headers: {}, body, sentAtMs: 0, durationMs: 0 };
				parseListing('auditLog', response);
			},
		]),
	),
	...Object.fromEntries(
		ERROR_FIELDS.map((field) => [
			`the field ${field} of an error`,
			(value: unknown) => () => processResponse(400, { [field]: value }, {}),
		]),
	),
	'a record': (value) => () => processRecord(value),
	'a page': (value) => () => processResponse(200, value, {}),
	'an error': (value) => () => processResponse(403, value, {}),
	'a web page': (value) => {
		const html = `<html>${typeof value === 'string' ? value : ''}`;
		return () => processResponse(502, html, {});
	},
	'a header': (value) => () => {
		const text = typeof value === 'string' ? value : 'x';
		const headers = { date: text, 'retry-after': text, 'content-type': text, server: text };
		processResponse(429, text, headers);
	},
	'a body': (value) => {
		const text = typeof value === 'string' ? value : '';
		return () => processResponse(200, parseBody(text), {});
	},
	'a body of JSON': (value) => {
		const text = typeof value === 'string' ? `[${JSON.stringify(value)},${value}` : '';
		return () => void parseBody(text);
	},
	'a pushed value': (value) => () => processRows([{ id: 1, value }]),
	'a pushed row': (value) => () => processRows([{ ...Object(value) }]),
};

/** Ignores the errors of this package; any other one fails. */
function orOwnError(work: () => void): void {
	try {
		work();
	} catch (error) {
		if (!isCelonisError(error) && !isRowError(error)) throw error;
	}
}

/** Characters of JSON, and how often. */
const SIZES = [
	{ size: 40_000, weight: 40 },
	{ size: 200_000, weight: 8 },
	{ size: 1_000_000, weight: 1 },
];

/** The time for what a server sends is linear in its size, and nothing but errors of our own comes out. */
export function createCostProperties(maxSize: number): Properties {
	return {
		'cost: linear in the size of what a server sends': fc.property(
			growingTexts,
			fc.constantFrom(...Object.keys(SHAPES)),
			fc.constantFrom(...Object.keys(TARGETS)),
			fc.oneof(...SIZES.map(({ size, weight }) => ({ arbitrary: fc.constant(size), weight }))),
			(text, shape, target, drawnSize) => {
				const size = Math.min(drawnSize, maxSize);
				const work: GrowingWork<() => void> = {
					create: (length) => TARGETS[target]!(SHAPES[shape]!(text, length)),
					run: orOwnError,
				};
				const problem = findSuperlinearTime(work, size);
				check(problem === undefined, `${target}, ${shape}: ${problem}`);
			},
		),
	};
}
