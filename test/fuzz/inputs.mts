import fc from 'fast-check';

/** Names with a special meaning in JavaScript. */
const specialKeys = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'then');
const keys = fc.oneof(
	fc.string(),
	specialKeys,
	fc.constantFrom('content', 'nextPageToken', 'totalCount'),
);

/** Any JSON text, with special keys, sometimes deep. */
export const jsonTexts: fc.Arbitrary<string> = fc.oneof(
	fc.json({ maxDepth: 4 }),
	fc.array(fc.tuple(keys, fc.json({ maxDepth: 2 })), { maxLength: 5 }).map(objectText),
	fc
		.tuple(fc.constantFrom('[', '{"a":'), fc.integer({ min: 1, max: 2000 }))
		.map(([open, depth]) => {
			return open.repeat(depth) + '1' + (open === '[' ? ']' : '}').repeat(depth);
		}),
);

export const jsonValues: fc.Arbitrary<unknown> = jsonTexts.map(
	(text) => JSON.parse(text) as unknown,
);

/** Bodies that may not be JSON: empty, text, HTML, truncated JSON. */
export const bodyTexts: fc.Arbitrary<string> = fc.oneof(
	jsonTexts,
	fc.string(),
	fc.tuple(jsonTexts, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
	fc.string().map((text) => `<html>${text}`),
);

/** Records with a valid timestamp and any other fields. */
export const goodRecords: fc.Arbitrary<Record<string, unknown>> = fc
	.tuple(
		fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
		fc.array(fc.tuple(fc.oneof(keys, recordKeys()), jsonTexts), { maxLength: 6 }),
	)
	.map(([date, fields]) => {
		const timestamp: [string, string] = ['timestamp', JSON.stringify(date.toISOString())];
		return JSON.parse(objectText([...fields, timestamp])) as Record<string, unknown>;
	});

function recordKeys(): fc.Arbitrary<string> {
	return fc.constantFrom(
		'userId',
		'userRole',
		'event',
		'message',
		'ipAddress',
		'port',
		'diffPayload',
	);
}

/** Values that are not valid records. */
export const badRecords: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(null, 1, 'text', true, [], {}),
	fc.record({
		timestamp: fc.oneof(fc.constantFrom(null, '', 'soon', 0), fc.integer({ max: 99_999_999 })),
	}),
);

/** Texts that combine what the parsers look for, some of them very long. */
export function joinedTexts(...parts: string[]): fc.Arbitrary<string> {
	const part = fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 4 }));
	return fc.oneof(
		{ weight: 9, arbitrary: fc.array(part, { maxLength: 8 }).map((all) => all.join('')) },
		{
			weight: 1,
			arbitrary: fc
				.tuple(part, part, fc.integer({ min: 1000, max: 20_000 }), part)
				.map(([start, again, times, end]) => start + again.repeat(times) + end),
		},
	);
}

/** The filters by name. */
export const filterNames = [
	'actors',
	'categories',
	'eventPatterns',
	'eventTypes',
	'excludeSystem',
	'grantedPermissions',
	'ipAddresses',
	'preset',
	'roles',
	'targets',
	'text',
] as const;

/** What users enter into filters. */
export const filterTexts = joinedTexts(
	'ada@example.com',
	'*',
	'?',
	'!',
	', ',
	'PERMISSIONS_UPDATE',
	'Studio',
	'permissions',
	'10.0.0.0',
	'/8',
	'2001:db8::',
	'::ffff:',
	'%',
	'[',
	'"',
);

/** Response headers that the parsers read. */
export const headers: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
	fc.constantFrom('date', 'retry-after', 'x-ratelimit-reset', 'content-type', 'x-other'),
	fc.oneof(
		fc.constantFrom('Mon, 01 Jun 2026 08:00:00 GMT', '2026-06-01T08:00:00Z', 'application/json'),
		fc.double().map(String),
		fc.integer().map(String),
		fc.string(),
		fc.array(fc.string()),
	),
	{ noNullPrototype: true },
);

function objectText(fields: ReadonlyArray<readonly [string, string]>): string {
	return `{${fields.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}
