import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { inferColumns, type Column } from '../../../../nodes/Celonis/resources/dataPool/columns';
import { buildTable } from '../../../../nodes/Celonis/resources/dataPool/table';

interface Field {
	readonly text: string;
	readonly isQuoted: boolean;
}

/** The fields of a chunk, header first, from a strict parser of RFC 4180. */
const parseCsv = (csv: string) =>
	parse(csv, {
		record_delimiter: '\r\n',
		cast: (text, { quoting }): Field => ({ text, isQuoted: quoting }),
	}) as unknown as Field[][];

const anyText = fc.string({ unit: 'binary', maxLength: 40 });
const specialText = fc
	.array(fc.constantFrom('"', ',', '\r', '\n', '\r\n', ' ', 'ü', '🎉', '\u0000', 'a', '\ufeff'))
	.map((parts) => parts.join(''));
const text = fc.oneof(anyText, specialText, fc.constant(''));
const textColumns: Column[] = ['a', 'b "quoted", c', 'd'].map((name) => ({ name, type: 'STRING' }));
const textRow = fc.record(
	Object.fromEntries(textColumns.map(({ name }) => [name, fc.option(text)])),
);

describe('buildTable', () => {
	it('keeps all text, distinguishes empty text from null, and respects the chunk size', () => {
		const rowLists = fc.array(textRow, { minLength: 1, maxLength: 20 });
		fc.assert(
			fc.property(rowLists, fc.integer({ min: 1, max: 500 }), (rows, maxBytes) => {
				const chunks = [...buildTable(rows, textColumns, []).createChunks(maxBytes)];
				const parsed = chunks.flatMap((chunk) => {
					const [header, ...lines] = parseCsv(chunk);
					expect(header?.map((field) => field.text)).toEqual(textColumns.map(({ name }) => name));
					if (lines.length > 1) expect(Buffer.byteLength(chunk)).toBeLessThanOrEqual(maxBytes);
					return lines;
				});
				expect(parsed).toEqual(
					rows.map((row) =>
						textColumns.map(({ name }) => {
							const value = row[name] ?? null;
							const isNull = value === null;
							const field = { text: value ?? '', isQuoted: expect.any(Boolean) };
							return isNull || value === '' ? { ...field, isQuoted: !isNull } : field;
						}),
					),
				);
			}),
		);
	});

	it('writes nested values as JSON', () => {
		fc.assert(
			fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), (values) => {
				const rows = values.map((value, id) => ({ id, nested: { value } }));
				const [chunk = ''] = buildTable(rows, inferColumns(rows), ['id']).createChunks(1e9);
				const [, ...lines] = parseCsv(chunk);
				expect(lines.map(([, nested]) => JSON.parse(nested!.text) as unknown)).toEqual(
					JSON.parse(JSON.stringify(values.map((value) => ({ value })))),
				);
			}),
		);
	});

	it('keeps the last row of each key', () => {
		const rows = [
			{ id: 1, part: 'a', n: 1 },
			{ id: 1, part: 'b', n: 2 },
			{ id: '1', part: 'a', n: 3 },
		];
		const columns: Column[] = [
			{ name: 'id', type: 'INTEGER' },
			{ name: 'part', type: 'STRING' },
			{ name: 'n', type: 'INTEGER' },
		];
		const table = buildTable(rows, columns, ['id', 'part']);
		expect(table.rowCount).toBe(2);
		expect([...table.createChunks(1e9)]).toEqual(['id,part,n\r\n1,a,3\r\n1,b,2\r\n']);
	});

	it('selects one of a few lengths for text columns, unless the length is given', () => {
		const getLength = (bytes: number, length?: number) =>
			buildTable([{ a: 'x'.repeat(bytes) }], [{ name: 'a', type: 'STRING', length }], [])
				.columns[0]!.length;
		expect([0, 2000, 2001, 65_000].map((bytes) => getLength(bytes))).toEqual([
			2000, 2000, 8000, 65_000,
		]);
		expect(getLength(5, 5)).toBe(5);
		expect(() => getLength(6, 5)).toThrow('longer than 5 bytes');
		expect(() => getLength(65_001)).toThrow('longer than 65000 bytes');
	});

	it('truncates text that is too long, without breaking a character', () => {
		const lengths = fc.integer({ min: 1, max: 60 });
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), lengths, (value, length) => {
				const columns: Column[] = [{ name: 'a', type: 'STRING', length }];
				const table = buildTable([{ a: value }], columns, [], 'truncate');
				const [, [cell]] = parseCsv([...table.createChunks(1e9)].join('')) as [Field[], [Field]];
				expect(Buffer.byteLength(cell.text)).toBeLessThanOrEqual(length);
				const isTooLong = Buffer.byteLength(value) > length;
				expect(table.truncatedValues).toEqual(new Map(isTooLong ? [['a', 1]] : []));
				if (!isTooLong) return expect(cell.text).toBe(value);
				const mark = ['… [truncated]', '…', ''].find((each) => cell.text.endsWith(each))!;
				if (length >= 30) expect(mark).toBe('… [truncated]');
				const kept = cell.text.slice(0, cell.text.length - mark.length);
				expect(value.startsWith(kept)).toBe(true);
				// At most the other bytes of one character are lost.
				expect(Buffer.byteLength(cell.text)).toBeGreaterThan(length - 4);
			}),
		);
	});

	it('does not truncate keys', () => {
		const columns: Column[] = [{ name: 'a', type: 'STRING', length: 5 }];
		const build = () => buildTable([{ a: 'long text' }], columns, ['a'], 'truncate');
		expect(build).toThrow("The value of 'a' is longer than 5 bytes");
	});

	it.each<[string, unknown]>([
		['blank text', '  '],
		['a list', []],
		['a boolean', false],
		['a date', new Date(0)],
	])('does not accept %s as a number', (_what, value) => {
		for (const type of ['FLOAT', 'INTEGER'] as const) {
			const build = () => buildTable([{ a: value }], [{ name: 'a', type }], []);
			expect(build).toThrow(`The value of 'a' is not of the type ${type}`);
		}
	});

	it.each<[unknown, string]>([
		[0.5, '0.5'],
		[' 1.50 ', '1.5'],
		['1e3', '1000'],
	])('accepts %p as the number %s', (value, text) => {
		const table = buildTable([{ a: value }], [{ name: 'a', type: 'FLOAT' }], []);
		expect([...table.createChunks(1e9)]).toEqual([`a\r\n${text}\r\n`]);
	});
});
