import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { respondWith } from '../celonis/faults/index.mts';
import { tokenPath } from '../celonis/tokenEndpoint.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';
import { openTeam } from './n8n/team.mts';

/** Names of what every object inherits. Where the record has no such field, nothing is read. */
const NAMES = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'];

const from = toIso(NOW_MS - MINUTE_MS);

describe.each(NAMES)('the name %s', (name) => {
	it('is the name of an event and of a field like any other', async () => {
		const team = await openTeam({ contract: undefined });
		const fields = `"userId":"u-1","timestamp":"${toIso(NOW_MS - 1000)}"`;
		const json = `{"event":"${name}","message":{"${name}":"x"},"${name}":"own",${fields}}`;
		team.celonis.log.append(json, { visibleFrom: 0 });
		const list = async (output: string, filters: IDataObject = {}) =>
			getJson((await runNode(team, { from, filters, output })).items);

		expect((await list('raw')).map((item) => JSON.stringify(item))).toEqual([json]);
		const [item] = await list('event', { eventTypes: [name], text: `"${name}":"own"` });
		expect(item).toMatchObject({ event: name, category: 'Other' });
		expect(Object.getOwnPropertyDescriptor(item, name)?.value).toBe('own');
		const [ecs] = await list('ecs');
		expect(ecs).toMatchObject({ event: { action: name, category: ['api'], original: json } });
		expect(JSON.stringify(ecs!.celonis)).toContain(`"message":{"${name}":"x"}`);
		const [ocsf] = await list('ocsf');
		expect(ocsf).toMatchObject({ api: { operation: name }, raw_data: json });
	});

	it('selects a field of the item, or null', async () => {
		const team = await openTeam({ contract: undefined });
		const fields = `"userId":"u-1","timestamp":"${toIso(NOW_MS - 1000)}"`;
		team.celonis.log.append(`{${fields}}`, { visibleFrom: 0 });
		team.celonis.log.append(`{${fields},"${name}":"own"}`, { visibleFrom: 0 });
		const options = { fields: `${name}, actor.${name}, ${name}.name` };
		const { items } = await runNode(team, { from, output: 'raw', options });
		const json = getJson(items).map((item) => JSON.stringify(item));
		const actor = `"actor":{"${name}":null}`;
		expect(json.sort()).toEqual([`{"${name}":"own",${actor}}`, `{"${name}":null,${actor}}`]);
	});

	it('is no operation', async () => {
		const team = await openTeam();
		const { error } = await runNode(team, { operation: name });
		expect(error?.message).toContain(
			`'Operation': "${name}" is not one of the choices. Write one of: getAll,`,
		);
	});
});

it('a token endpoint may call an error like a member of every object', async () => {
	const team = await openTeam({ contract: undefined });
	const fault = respondWith(400, { body: { error: 'constructor' } });
	team.celonis.faults.always({ when: { path: tokenPath } }, fault);
	const { error } = await runNode(team, { from });
	expect(error?.message).toContain('constructor');
	expect(error?.message).not.toContain('native code');
});
