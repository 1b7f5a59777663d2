import { DateTime } from 'luxon';
import type { Column, ColumnType } from './jobRequest.mts';

export type Value = string | number | boolean | null;

/** Parses a field of one column; throws what is wrong with it. */
export type FieldReader = (text: string, isQuoted: boolean) => Value;

export interface ReadingRules {
	dateFormat: string | undefined;
	decimalSeparator: string;
	thousandSeparator: string;
	maxBytes: number;
	longTexts: 'error' | 'truncate';
	emptyFields: 'null' | 'text' | 'quotedText';
}

/** How the fields of a column are parsed, strictly by the type of the column. */
export function createFieldReader({ columnType }: Column, rules: ReadingRules): FieldReader {
	if (columnType === 'STRING') return createTextReader(rules);
	const read = createReaders(rules)[columnType];
	return (text) => {
		if (text === '') return null;
		const value = read(text);
		if (value === undefined) throw new Error(`${JSON.stringify(text)} is no ${columnType}`);
		return value;
	};
}

function createTextReader({ emptyFields, maxBytes, longTexts }: ReadingRules): FieldReader {
	return (text, isQuoted) => {
		if (text === '') {
			return emptyFields === 'text' || (emptyFields === 'quotedText' && isQuoted) ? '' : null;
		}
		const bytes = Buffer.byteLength(text);
		if (bytes <= maxBytes) return text;
		if (longTexts === 'truncate') return Buffer.from(text).subarray(0, maxBytes).toString();
		throw new Error(`a text of ${bytes} bytes is longer than ${maxBytes}`);
	};
}

function createReaders(
	rules: ReadingRules,
): Record<Exclude<ColumnType, 'STRING'>, (text: string) => Value | undefined> {
	const plain = (text: string) =>
		rules.thousandSeparator === '' ? text : text.replaceAll(rules.thousandSeparator, '');
	const moment = createDateReader(rules.dateFormat);
	return {
		INTEGER: (text) => {
			if (!/^[+-]?\d+$/.test(plain(text))) return undefined;
			const value = BigInt(plain(text));
			if (BigInt.asIntN(64, value) !== value) return undefined;
			return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
		},
		FLOAT: (text) => {
			const number = plain(text).replace(rules.decimalSeparator, '.');
			return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(number) ? Number(number) : undefined;
		},
		BOOLEAN: (text) => (/^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined),
		DATE: (text) => moment(text)?.toISODate() ?? undefined,
		DATETIME: (text) => moment(text)?.toISO({ includeOffset: false }) ?? undefined,
		TIME: (text) => (/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(text) ? text : undefined),
	};
}

/** Parsed by the configured format only: the default format is not published. */
function createDateReader(format: string | undefined) {
	if (format === undefined) return () => undefined;
	const parser = DateTime.buildFormatParser(format);
	return (text: string): DateTime | undefined => {
		const moment = DateTime.fromFormatParser(text, parser, { zone: 'utc' });
		return moment.isValid ? moment : undefined;
	};
}
