import { describe, expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { getTimeMs, itReads, LOGS, read, toIso } from './reader.mts';
import { getSubject } from './subject.mts';

const { settledMs } = getSubject();
const DAY_MS = 86_400_000;
const SAMPLE = 200;

type Matches = (event: IDataObject) => boolean;

const getId = ({ eventId }: IDataObject) => String(eventId);
const getActor = ({ actor }: IDataObject) => (actor ?? {}) as IDataObject;
const isSame = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase();

/** A value of the first event that has one, as a filter takes it: without wildcards and separators. */
function findValue(events: readonly IDataObject[], get: (event: IDataObject) => unknown): string {
	const values = events.map(get).filter((value) => typeof value === 'string' && value !== '');
	return String(values.find((value) => /^[^*?!,;\s]+$/.test(String(value))) ?? '');
}

describe.each(LOGS)('the filters of $area', ({ area, parameters }) => {
	const { options, ...resource } = parameters;
	const list = async (changes: IDataObject) =>
		await read({ operation: 'getAll', ...resource, returnAll: true, options, ...changes });

	let all: Promise<{ window: IDataObject; events: IDataObject[] }> | undefined;
	/** All events from the oldest of a number of events on. */
	const getAll = async () => {
		all ??= (async () => {
			const window = { from: toIso(settledMs - 7 * DAY_MS), to: toIso(settledMs) };
			const newest = await list({ ...window, returnAll: false, limit: SAMPLE });
			const times = newest.map(getTimeMs);
			const part = { ...window, from: toIso(Math.min(...times)) };
			return { window: part, events: await list(part) };
		})();
		return await all;
	};

	/** The node returns just the events that match, by their IDs. */
	const expectFiltered = async (filters: IDataObject, matches: Matches) => {
		const { window, events } = await getAll();
		const expected = events.filter(matches).map(getId);
		const found = (await list({ ...window, filters })).map(getId);
		expect(found).toEqual(expected);
		return { found: expected.length, all: events.length };
	};

	itReads([area], 'find the events of an actor, and those of all others', async () => {
		const { events } = await getAll();
		const isLogin = area === 'logins';
		const getName = (event: IDataObject) => (isLogin ? event.email : getActor(event).email);
		const name = findValue(events, getName);
		const isOf: Matches = (event) => isSame(getName(event), name);
		const { found } = await expectFiltered({ actors: name.toUpperCase() }, isOf);
		expect(found).toBeGreaterThan(0);
		await expectFiltered({ actors: `!${name}` }, (event) => !isOf(event));
	});

	if (area === 'logins') {
		itReads([area], 'find sign-ins by type and by outcome', async () => {
			const { events } = await getAll();
			const type = findValue(events, (event) => event.authenticationEventType);
			await expectFiltered({ types: [type] }, (event) => event.authenticationEventType === type);
			await expectFiltered({ outcome: 'failure' }, ({ success }) => success === false);
			await expectFiltered({ outcome: 'success' }, ({ success }) => success === true);
		});
		return;
	}

	itReads([area], 'find events by type, pattern and category', async () => {
		const { events } = await getAll();
		const type = findValue(events, ({ event }) => event);
		const { found } = await expectFiltered({ eventTypes: [type] }, ({ event }) => event === type);
		expect(found).toBeGreaterThan(0);
		const start = type.slice(0, 4);
		await expectFiltered({ eventPatterns: `${start.toLowerCase()}*` }, ({ event }) =>
			isSame(String(event).slice(0, start.length), start),
		);
		const category = String(events[0]!.category);
		await expectFiltered({ categories: [category] }, (event) => event.category === category);
	});

	itReads([area], 'leave out events of the system', async () => {
		await expectFiltered({ excludeSystem: true }, (event) => getActor(event).type !== 'system');
	});

	itReads([area], 'find events that match all of several filters', async () => {
		const { events } = await getAll();
		const type = findValue(events, ({ event }) => event);
		const ofPeople: Matches = (event) => getActor(event).type !== 'system';
		await expectFiltered({ eventTypes: [type], excludeSystem: true }, (event) => {
			return event.event === type && ofPeople(event);
		});
	});
});
