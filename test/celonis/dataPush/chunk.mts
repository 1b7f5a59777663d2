import { CsvError, parse } from 'csv-parse/sync';
import type { PushBehaviour } from './behaviour.mts';
import type { Column, JobRequest } from './jobRequest.mts';
import type { FieldReader, Value } from './values.mts';
import { createFieldReader } from './values.mts';

export type Row = Record<string, Value>;

/** Why a job ends with an error: the lines of its log. */
export class JobFailure extends Error {
	constructor(readonly lines: string[]) {
		super(lines.join('\n'));
	}
}

const MAX_PROBLEMS = 10;

/** Parses a chunk strictly by RFC 4180 and the parsing options of its job. */
export function parseChunk(
	chunk: Uint8Array,
	number: number,
	job: JobRequest,
	behaviour: PushBehaviour,
): Row[] {
	const [header = [], ...lines] = parseFields(chunk, number, job);
	const names = header.map(({ text }) => text);
	const columns = selectColumns(job, names, behaviour);
	const problems = checkHeader(names, columns, job);
	if (problems.length > 0) throw new JobFailure(problems.map((it) => `Chunk ${number}: ${it}`));

	const readers = names.map((name) =>
		createReader(columns.find(({ columnName }) => columnName === name)!, job, behaviour),
	);
	const wrong: string[] = [];
	const rows = lines.map((fields, index): Row => {
		const row = Object.create(null) as Row;
		for (const [position, { text, isQuoted }] of fields.entries()) {
			const name = names[position]!;
			try {
				row[name] = readers[position]!(text, isQuoted);
				if (row[name] === null && job.keys?.includes(name)) throw new Error('a key is empty');
			} catch (error) {
				const reason = (error as Error).message;
				if (wrong.length < MAX_PROBLEMS) {
					wrong.push(`Chunk ${number}, row ${index + 1}, column "${name}": ${reason}.`);
				}
			}
		}
		return row;
	});
	if (wrong.length > 0) throw new JobFailure(wrong);
	return rows;
}

/** The columns of the job or, without a schema, those of the header as texts. */
export function selectColumns(
	job: JobRequest,
	header: string[],
	behaviour: PushBehaviour,
): Column[] {
	const fieldLength = job.fallbackVarcharLength ?? behaviour.fallbackLength;
	return (
		job.tableSchema?.columns ??
		header.map((columnName) => ({ columnName, columnType: 'STRING', fieldLength }))
	);
}

interface Field {
	text: string;
	isQuoted: boolean;
}

function parseFields(chunk: Uint8Array, number: number, job: JobRequest): Field[][] {
	const { quoteSequence, escapeSequence, separatorSequence, lineEnding, charSet } =
		job.csvParsingOptions ?? {};
	try {
		const text = new TextDecoder(charSet ?? 'utf-8', { fatal: true }).decode(chunk);
		return parse(text, {
			quote: quoteSequence ?? '"',
			escape: escapeSequence ?? quoteSequence ?? '"',
			delimiter: separatorSequence ?? ',',
			...(lineEnding ? { record_delimiter: lineEnding } : {}),
			cast: (value, { quoting }): Field => ({ text: value, isQuoted: quoting }),
		}) as unknown as Field[][];
	} catch (error) {
		if (!(error instanceof CsvError || error instanceof TypeError)) throw error;
		throw new JobFailure([`Chunk ${number}: ${error.message}`]);
	}
}

function checkHeader(names: string[], columns: Column[], { keys }: JobRequest): string[] {
	const known = columns.map(({ columnName }) => columnName);
	return [
		...(names.length === 0 ? ['there is no header.'] : []),
		...(new Set(names).size < names.length ? ['a column stands twice in the header.'] : []),
		...names.filter((name) => !known.includes(name)).map((name) => `unknown column "${name}".`),
		...(keys ?? [])
			.filter((key) => !names.includes(key))
			.map((key) => `the key "${key}" is missing.`),
	];
}

function createReader(column: Column, job: JobRequest, behaviour: PushBehaviour): FieldReader {
	const { dateFormat, decimalSeparator, thousandSeparator, additionalColumnOptions } =
		job.csvParsingOptions ?? {};
	const own = additionalColumnOptions?.find(({ columnName }) => columnName === column.columnName);
	return createFieldReader(column, {
		dateFormat: own?.dateFormat ?? dateFormat ?? undefined,
		decimalSeparator: decimalSeparator ?? '.',
		thousandSeparator: thousandSeparator ?? '',
		maxBytes: column.fieldLength ?? job.fallbackVarcharLength ?? behaviour.fallbackLength,
		longTexts: behaviour.longTexts,
		emptyFields: behaviour.emptyFields,
	});
}
