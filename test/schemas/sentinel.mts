import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { join } from 'node:path';
import { packageRoot } from '../../scripts/n8n/paths.mts';
import { getOwn, isObject, type Fields } from './fields.mts';

interface Column {
	readonly name: string;
	readonly type: string;
}

interface DataFlow {
	readonly streams: readonly string[];
	readonly destinations: readonly string[];
	readonly transformKql: string;
	readonly outputStream: string;
}

/** The used part of a data collection rule. */
export interface DataCollectionRule {
	readonly kind: string;
	readonly properties: {
		readonly streamDeclarations: Readonly<Record<string, { readonly columns: readonly Column[] }>>;
		readonly destinations: { readonly logAnalytics: ReadonlyArray<{ readonly name: string }> };
		readonly dataFlows: readonly DataFlow[];
	};
}

/** The used part of a table of a workspace. */
export interface Table {
	readonly properties: {
		readonly schema: { readonly name: string; readonly columns: readonly Column[] };
	};
}

const folder = join(packageRoot, 'siem', 'sentinel');

export function loadRule(): DataCollectionRule {
	return JSON.parse(readFileSync(join(folder, 'dcr.json'), 'utf8')) as DataCollectionRule;
}

export function loadTable(): Table {
	return JSON.parse(readFileSync(join(folder, 'table.json'), 'utf8')) as Table;
}

export function loadAsimFunction(): string {
	return readFileSync(join(folder, 'vimAuditEventCelonis.kql'), 'utf8');
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
	string: (value) => typeof value === 'string',
	int: (value) => Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31,
	long: Number.isSafeInteger,
	real: Number.isFinite,
	boolean: (value) => typeof value === 'boolean',
	dynamic: (value) => typeof value === 'object',
	datetime: (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
};

/**
 * What Azure Monitor would lose of a row: columns that the stream does not declare, and values of another
 * type. It accepts such rows without a word.
 */
export function findRowProblems(row: unknown, columns: readonly Column[]): string[] {
	if (!isObject(row)) return [`a row is an object, not ${inspect(row)}`];
	return Object.entries(row).flatMap(([name, value]) => {
		const type = columns.find((column) => column.name === name)?.type;
		if (type === undefined) return [`${name}: is not in the stream`];
		if (value === null || getOwn(TYPES, type)?.(value) === true) return [];
		return [`${name}: ${inspect(value).slice(0, 80)} is not ${type}`];
	});
}

/**
 * Runs the transformation of a rule: `extend` and `project` of columns, of `tostring(column.name)`, of
 * `parse_json(column)` and of a time in milliseconds. Anything else is an error.
 */
export function transform(row: Fields, kql: string): Fields {
	const [source, ...steps] = kql.split(/\n\| /);
	if (source !== 'source') throw new Error(`A transformation begins with 'source', not ${source}`);
	return steps.reduce((input: Fields, step) => {
		const [operator = ''] = /^\w+/.exec(step) ?? [];
		const assigned = Object.fromEntries(
			step
				.slice(operator.length)
				.split(/,\n/)
				.map((text) => /^\s*(\w+) = (.+)$/s.exec(text.trim())!)
				.map(([, name = '', expression = '']) => [name, evaluate(expression, input)]),
		);
		if (operator === 'extend') return { ...input, ...assigned };
		if (operator === 'project') return assigned;
		throw new Error(`Unknown operator: ${operator}`);
	}, row);
}

const EXPRESSIONS: ReadonlyArray<readonly [RegExp, (value: unknown) => unknown]> = [
	[/^(\w+)$/, (value) => value],
	[/^parse_json\((\w+)\)$/, (value) => value],
	[
		/^datetime_add\('millisecond', \['(\w+)'\], make_datetime\(1970, 1, 1\)\)$/,
		(value) => new Date(Number(value)).toISOString(),
	],
];

function evaluate(expression: string, row: Fields): unknown {
	const [, column = '', name = ''] = /^tostring\((\w+)\.(\w+)\)$/.exec(expression) ?? [];
	if (column !== '') {
		const value = getOwn(row, column);
		return isObject(value) ? getOwn(value, name) : undefined;
	}
	for (const [pattern, compute] of EXPRESSIONS) {
		const [, of] = pattern.exec(expression) ?? [];
		if (of !== undefined) return compute(getOwn(row, of));
	}
	throw new Error(`Unknown expression: ${expression}`);
}
