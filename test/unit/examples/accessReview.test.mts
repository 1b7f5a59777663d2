import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { runCodeNode } from '../../support/codeNode.mts';

const now = DateTime.fromISO('2026-06-10T12:34:56', { zone: 'Europe/Berlin' });

/** The findings of a review by subject ID. */
async function review(permissions: IDataObject[], events: IDataObject[] = [{}]) {
	const nodes = {
		Request: [{ format: 'csv' }],
		Permissions: permissions,
		'Grants and keys': events,
	};
	const [item] = await runCodeNode('access-review.json', 'Review', { nodes, now });
	const rows = parse(String(item!.json.body), { columns: true, bom: true }) as Array<
		Record<string, string>
	>;
	return Object.fromEntries(rows.map((row) => [row['Subject ID'], row.Findings]));
}

const application = (subjectId: string, subjectName: string) => ({
	subjectType: 'APPLICATION',
	subjectId,
	subjectName,
	actions: ['READ'],
});

const keyMade = (target: IDataObject, timestamp: string) => ({
	'@timestamp': timestamp,
	event: { action: 'APPLICATION_KEY_CREATED' },
	entity: { target },
});

describe('an access review', () => {
	it('knows the age of a key by the ID of its application, not by a name that others have', async () => {
		const permissions = [application('app-1', 'ETL'), application('app-2', 'ETL')];
		const events = [keyMade({ id: 'app-2', name: 'ETL' }, '2026-06-09T00:00:00.000Z')];
		expect(await review(permissions, events)).toEqual({
			'app-1': expect.stringContaining('unknown age'),
			'app-2': '',
		});
	});

	it('knows it by the name if the event has no ID', async () => {
		const events = [keyMade({ name: 'ETL' }, '2025-01-01T00:00:00.000Z')];
		const findings = await review([application('app-1', 'ETL')], events);
		expect(findings['app-1']).toMatch(/key is \d+ days old/);
	});

	it('reports what is neither a person, a group nor an application', async () => {
		const permissions = ['SERVICE', undefined, 'GROUP'].map((subjectType, i) => ({
			...application(`s-${i}`, 'x'),
			subjectType,
		}));
		expect(await review(permissions)).toEqual({
			's-0': 'type is SERVICE: check by hand',
			's-1': 'type is missing: check by hand',
			's-2': '',
		});
	});

	it('reads the log although a record of it cannot be read', async () => {
		const broken = { event: { kind: 'pipeline_error' }, error: { message: 'no timestamp' } };
		const made = keyMade({ id: 'app-1' }, '2026-06-09T00:00:00.000Z');
		expect(await review([application('app-1', 'ETL')], [broken, made])).toEqual({ 'app-1': '' });
	});
});
