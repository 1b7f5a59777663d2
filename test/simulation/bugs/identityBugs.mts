import type { PortFactory } from '../n8n/ports.mts';
import type { Bug } from '../runSeed.mts';
import { changePages } from './portChanges.mts';
import { omitFields } from '../../support/omitFields.mts';

type Fields = Readonly<Record<string, unknown>>;

/** The ID that Celonis sends identifies a record. */
export const ownIdIsIdentity: Bug = (factory) =>
	addToIdentity(factory, ({ id }) => JSON.stringify(id) ?? '');

/** Records are the same event only if their lists have the same order. */
export const listOrderIsIdentity: Bug = (factory) =>
	addToIdentity(factory, (record) => JSON.stringify(findValues(record, Array.isArray)));

/** A field that is null and one that is missing are different. */
export const emptyFieldIsIdentity: Bug = (factory) =>
	addToIdentity(factory, (record) => {
		const empty = findValues(record, (value) => value === null || value === '');
		return JSON.stringify(empty);
	});

/** A number and the same number as text are different. */
export const numberIsNoText: Bug = (factory) =>
	addToIdentity(factory, (record) => {
		const numbers = findValues(record, (value) => typeof value === 'number');
		return JSON.stringify(numbers.sort());
	});

/** Timestamps are compared as text. */
export const timestampTextIsIdentity: Bug = (factory) =>
	addToIdentity(factory, ({ timestamp }) => String(timestamp));

/** The same record of two teams is one event. */
export const teamIsNoIdentity: Bug = (factory) => ({
	...factory,
	complete: (ports, settings) =>
		factory.complete({ ...ports, log: { ...ports.log, team: 'any team' } }, settings),
});

/** Long numbers are rounded, as `JSON.parse` does. */
export const longNumbersRounded: Bug = (factory) =>
	changePages(factory, (page) => ({
		...page,
		records: page.records.map((record) => roundLongNumbers(record)),
	}));

/** The name of a field that no record has. */
const ADDED = 'added by a bug';

/** Makes a text of each record a part of its identity. */
function addToIdentity(factory: PortFactory, format: (record: Fields) => string): PortFactory {
	const changed = changePages(factory, (page) => ({
		...page,
		records: page.records.map((record) => ({
			...(record as Fields),
			[ADDED]: format(record as Fields),
		})),
	}));
	return {
		...changed,
		complete: (ports, settings) =>
			changed.complete(
				{
					...ports,
					log: { ...ports.log, identityFields: [...ports.log.identityFields, ADDED] },
					deliver: async (fetched) =>
						(await ports.deliver(fetched)).map((item) => ({
							...item,
							record: omitFields(item.record, ADDED),
						})),
				},
				settings,
			),
	};
}

/** All values in a record that meet a condition. */
function findValues(value: unknown, meets: (value: unknown) => boolean): unknown[] {
	const own = meets(value) ? [value] : [];
	if (typeof value !== 'object' || value === null) return own;
	const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return [...own, ...fields.flatMap(([, field]) => findValues(field, meets))];
}

function roundLongNumbers(value: unknown): unknown {
	if (typeof value === 'string') return /^\d{17,}$/.test(value) ? String(Number(value)) : value;
	if (Array.isArray(value)) return value.map(roundLongNumbers);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, field]) => [name, roundLongNumbers(field)]),
	);
}
