import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import { inferColumns } from '../../../../nodes/Celonis/resources/dataPool/columns';
import {
	COLUMN_TYPES,
	type ColumnType,
} from '../../../../nodes/Celonis/resources/dataPool/columnTypes';
import { formatValue } from '../../../../nodes/Celonis/resources/dataPool/values';

const inferType = (...values: unknown[]) => inferColumns(values.map((a) => ({ a })))[0]?.type;

describe('inferColumns', () => {
	it.each<[ColumnType, unknown[]]>([
		['INTEGER', [1, null, -2]],
		['FLOAT', [1, 2.5]],
		['FLOAT', [2 ** 53]],
		['BOOLEAN', [true, undefined, false]],
		['DATETIME', ['2026-06-01T08:00:00Z', '2026-06-01T08:00:00.123+02:00']],
		['DATETIME', [new Date(0)]],
		['DATETIME', [DateTime.fromMillis(0), new Date(NaN)]],
		['STRING', ['2026-06-01T08:00:00']],
		['STRING', ['2026-02-30T08:00:00Z']],
		['STRING', ['2026-06-01']],
		['STRING', ['2026-06-01T08:00:00Z', 'never']],
		['STRING', [1, 'one']],
		['STRING', [true, 1]],
		['STRING', [{ a: 1 }, [1]]],
		['STRING', ['443']],
		['STRING', [null, undefined]],
		['STRING', ['']],
	])('infers %s for %j', (type, values) => {
		expect(inferType(...values)).toBe(type);
	});

	it('keeps the order in which fields first appear', () => {
		expect(inferColumns([{ b: 1 }, { a: 1, b: 2 }]).map(({ name }) => name)).toEqual(['b', 'a']);
	});
});

describe('formatValue', () => {
	it.each<[unknown, ColumnType, string | undefined]>([
		[{ a: [1] }, 'STRING', '{"a":[1]}'],
		[1.5, 'STRING', '1.5'],
		['12', 'INTEGER', '12'],
		['1.0', 'INTEGER', undefined],
		[1e21, 'INTEGER', undefined],
		['1e3', 'FLOAT', '1000'],
		['', 'FLOAT', undefined],
		['TRUE', 'BOOLEAN', 'true'],
		['yes', 'BOOLEAN', undefined],
		['2026-06-01T01:00:00.1+02:00', 'DATETIME', '2026-05-31 23:00:00.100'],
		['2026-06-01T01:00:00+02:00', 'DATE', '2026-05-31'],
		[DateTime.fromISO('2026-06-01T01:00:00+02:00'), 'DATETIME', '2026-05-31 23:00:00.000'],
		[
			DateTime.fromISO('2026-06-01T01:00:00Z', { zone: 'utc' }),
			'STRING',
			'2026-06-01T01:00:00.000Z',
		],
		[new Date(0), 'STRING', '1970-01-01T00:00:00.000Z'],
		['2026-06-01', 'DATE', '2026-06-01'],
		['2026-02-30', 'DATE', undefined],
		['23:59:59', 'TIME', '23:59:59'],
		['24:00:00', 'TIME', undefined],
	])('formats %j as %s: %j', (value, type, expected) => {
		expect(formatValue(value, type)).toBe(expected);
	});

	it('accepts each type', () => {
		for (const type of COLUMN_TYPES) expect(() => formatValue('x', type)).not.toThrow();
	});
});
