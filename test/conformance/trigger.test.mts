import { describe, expect } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { activate, getTimeMs, itReads, LOGS, read, toIso } from './reader.mts';
import { getSubject } from './subject.mts';

const { settledMs } = getSubject();
const DAY_MS = 86_400_000;
const SAMPLE = 40;
const MAX_POLLS = 20;

const SOURCES: Readonly<Record<string, string>> = {
	v2: 'auditLog',
	v1: 'auditLog',
	logins: 'loginHistory',
};

describe.each(LOGS)('the trigger on $area', ({ area, parameters }) => {
	const { options, resource } = parameters;
	const source = SOURCES[area]!;

	itReads([area], 'shows test events', async () => {
		const events = await activate({ source, options }).poll('manual');
		expect(events?.length).toBeGreaterThan(0);
		expect(events?.length).toBeLessThanOrEqual(5);
	});

	itReads([area], 'starts with the events from its activation on', async () => {
		expect(await activate({ source, options }).poll()).toBeNull();
	});

	itReads([area], 'delivers from a date on what the node lists, each event once', async () => {
		const listed = await read({
			resource,
			operation: 'getAll',
			from: toIso(settledMs - 7 * DAY_MS),
			to: toIso(settledMs),
			limit: SAMPLE,
			options,
		});
		const startDate = toIso(getTimeMs(listed.at(-1)!));
		const expected = (await listFrom(resource, startDate, options)).sort();
		const trigger = activate({ source, startFrom: 'date', startDate, options });
		const delivered: string[] = [];
		for (let poll = 0; poll < MAX_POLLS && !includesAll(delivered, expected); poll++) {
			const events = (await trigger.poll('trigger', poll === 0 ? 'activate' : 'update')) ?? [];
			delivered.push(...events.map(({ eventId }) => String(eventId)));
		}
		expect(new Set(delivered).size).toBe(delivered.length);
		expect(expected.filter((id) => !delivered.includes(id))).toHaveLength(0);
	});
});

const includesAll = (delivered: readonly string[], expected: readonly string[]) =>
	expected.every((id) => delivered.includes(id));

async function listFrom(resource: string, from: string, options: IDataObject): Promise<string[]> {
	const to = toIso(settledMs);
	const all = await read({ resource, operation: 'getAll', from, to, returnAll: true, options });
	return all.map(({ eventId }) => String(eventId));
}
