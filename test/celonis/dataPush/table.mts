import type { PushBehaviour } from './behaviour.mts';
import type { Row } from './chunk.mts';
import { JobFailure } from './chunk.mts';
import type { Column, JobRequest } from './jobRequest.mts';
import { changeDate } from './jobRequest.mts';

/** A table of a data pool. Every row has all columns, and the date of its last change. */
export interface Table {
	readonly name: string;
	readonly columns: readonly Column[];
	readonly rows: readonly Row[];
}

/** The table after a job: replaced, or with the rows put in by their keys. */
export function tableAfter(
	before: Table | undefined,
	job: JobRequest,
	columns: readonly Column[],
	rows: readonly Row[],
	{ behaviour, now }: { behaviour: PushBehaviour; now: number },
): Table {
	const pushed = distinct(rows, job.keys ?? [], behaviour);
	const stamp = { [changeDate]: new Date(now).toISOString() };
	if (job.type === 'REPLACE' || !before) {
		return { name: job.targetName, columns, rows: pushed.map((row) => full(row, columns, stamp)) };
	}
	const all = merged(before.columns, columns, behaviour);
	const keyOf = keyFinder(job.keys ?? []);
	const newer = pushed.map((row) => full(row, all, stamp));
	if (!keyOf) return { ...before, columns: all, rows: [...before.rows, ...newer] };

	const places = new Map(before.rows.map((row, place) => [keyOf(row), place]));
	const result: Row[] = before.rows.map((row) => (all === before.columns ? row : full(row, all)));
	for (const row of newer) {
		const place = places.get(keyOf(row));
		if (place === undefined) result.push(row);
		else result[place] = row;
	}
	return { ...before, columns: all, rows: result };
}

function keyFinder(keys: readonly string[]): ((row: Row) => string) | undefined {
	if (keys.length === 0) return undefined;
	return (row) => JSON.stringify(keys.map((key) => row[key]));
}

function distinct(rows: readonly Row[], keys: readonly string[], behaviour: PushBehaviour) {
	const keyOf = keyFinder(keys);
	if (!keyOf || behaviour.repeatedKeys === 'keep') return rows;
	const byKey = new Map(rows.map((row) => [keyOf(row), row]));
	if (behaviour.repeatedKeys === 'error' && byKey.size < rows.length) {
		throw new JobFailure(['Two rows have the same keys.']);
	}
	return [...byKey.values()];
}

function merged(
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

function full(row: Row, columns: readonly Column[], stamp: Row = {}): Row {
	const given = columns.map(({ columnName }) => [columnName, row[columnName] ?? null]);
	return { ...(Object.fromEntries(given) as Row), [changeDate]: row[changeDate] ?? null, ...stamp };
}
