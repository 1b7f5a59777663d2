import type { PushBehaviour } from './behaviour.mts';
import type { Row } from './chunk.mts';
import { JobFailure } from './chunk.mts';
import type { Column, JobRequest } from './jobRequest.mts';
import { changeDate } from './jobRequest.mts';
import type { Value } from './values.mts';

/** A table of a data pool. Every row has all columns, and the date of its last change. */
export interface Table {
	readonly name: string;
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
}

/** The table after a job: replaced, or with the rows upserted by their keys. */
export function applyRows(
	before: Table | undefined,
	job: JobRequest,
	columns: readonly Column[],
	rows: readonly Row[],
	{ behaviour, now }: { behaviour: PushBehaviour; now: number },
): Table {
	const pushed = removeDuplicates(rows, job.keys ?? [], behaviour);
	const stamp = { [changeDate]: new Date(now).toISOString() };
	if (job.type === 'REPLACE' || !before) {
		return {
			name: job.targetName,
			columns,
			rows: pushed.map((row) => fillRow(row, columns, stamp)),
		};
	}
	const all = mergeColumns(before.columns, columns, behaviour);
	const getKey = createKeyGetter(job.keys ?? []);
	const newer = pushed.map((row) => fillRow(row, all, stamp));
	if (!getKey) return { ...before, columns: all, rows: [...before.rows, ...newer] };

	const places = new Map(before.rows.map((row, position) => [getKey(row), position]));
	const result: Row[] = before.rows.map((row) =>
		all === before.columns ? row : fillRow(row, all),
	);
	for (const row of newer) {
		const position = places.get(getKey(row));
		if (position === undefined) result.push(row);
		else result[position] = row;
	}
	return { ...before, columns: all, rows: result };
}

function createKeyGetter(keys: readonly string[]): ((row: Row) => string) | undefined {
	if (keys.length === 0) return undefined;
	return (row) => JSON.stringify(keys.map((key) => getField(row, key)));
}

function removeDuplicates(rows: readonly Row[], keys: readonly string[], behaviour: PushBehaviour) {
	const getKey = createKeyGetter(keys);
	if (!getKey || behaviour.repeatedKeys === 'keep') return rows;
	const byKey = new Map(rows.map((row) => [getKey(row), row]));
	if (behaviour.repeatedKeys === 'error' && byKey.size < rows.length) {
		throw new JobFailure(['Two rows have the same keys.']);
	}
	return [...byKey.values()];
}

function mergeColumns(
	known: readonly Column[],
	pushed: readonly Column[],
	{ newColumns }: PushBehaviour,
): readonly Column[] {
	const added: Column[] = [];
	for (const column of pushed) {
		const own = known.find(({ columnName }) => columnName === column.columnName);
		if (own && own.columnType !== column.columnType) {
			throw new JobFailure([`Column "${own.columnName}" is ${own.columnType} in the table.`]);
		}
		if (!own && newColumns === 'error') {
			throw new JobFailure([`The table has no column "${column.columnName}".`]);
		}
		if (!own) added.push(column);
	}
	return added.length === 0 ? known : [...known, ...added];
}

function fillRow(row: Row, columns: readonly Column[], stamp: Row = {}): Row {
	const value = columns.map(({ columnName }) => [columnName, getField(row, columnName)]);
	return { ...(Object.fromEntries(value) as Row), [changeDate]: row[changeDate] ?? null, ...stamp };
}

/** A row may lack a column that every object inherits, such as `constructor`. */
function getField(row: Row, name: string): Value {
	return Object.hasOwn(row, name) ? (row[name] ?? null) : null;
}
