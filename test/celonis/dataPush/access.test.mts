import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../clock.mts';
import { loadContract } from '../contract.mts';
import type { Simulator } from '../simulator.mts';
import { startSimulator } from '../simulator.mts';
import { appKeyHeader, get, signInWithFullAccess } from '../testClient.mts';
import { getJobsPath } from './endpoints.mts';
import { columns, createPushClient, jobBody, jobsPath } from './testClient.mts';

const clock = manualClock('2026-06-02T08:00:00Z');

const contract = loadContract();

let simulator: Simulator;

beforeEach(async () => {
	clock.set('2026-06-02T08:00:00Z');
	simulator = await startSimulator({ clock, contract });
});

afterEach(() => simulator.close());
const { post, createJob, addChunk, submit, push } = createPushClient(() => simulator);

describe('data push', () => {
	it('rejects an invalid job, and names what is invalid', async () => {
		const errors = async (changes: object) => {
			const response = await post(jobsPath, { ...jobBody, ...changes });
			expect(response.status).toBe(400);
			const body = (await response.json()) as { errors: Array<{ attribute: string }> };
			return body.errors.map(({ attribute }) => attribute);
		};
		expect(await errors({ targetName: 'a b' })).toContain('targetName');
		expect(await errors({ type: 'UPSERT' })).toEqual(['type']);
		expect(await errors({ fileType: 'PARQUET' })).toEqual(['fileType']);
		expect(await errors({ dataPoolId: 'other' })).toEqual(['dataPoolId']);
		expect(await errors({ keys: ['other'] })).toEqual(['keys']);
		const twice = { columns: [...columns, { columnName: 'ID', columnType: 'STRING' }] };
		expect(await errors({ tableSchema: twice })).toEqual(['tableSchema.columns']);
	});

	it('requires the scope and the permission of the data pool', async () => {
		const right = await signInWithFullAccess(simulator, 'integration.data-pools:data_push');
		const wrong = await signInWithFullAccess(simulator, 'audit.log:read');
		expect((await post(jobsPath, jobBody, right)).status).toBe(200);
		expect((await post(jobsPath, jobBody, wrong)).status).toBe(403);
		expect((await post(jobsPath, jobBody, appKeyHeader)).status).toBe(403);
		expect((await post(getJobsPath('other'), jobBody)).status).toBe(403);
		simulator.access.appKeys[1]!.pushPools!.push('other');
		expect((await post(getJobsPath('other'), jobBody)).status).toBe(404);
	});

	it('limits chunks, and submissions per second and per hour', async () => {
		const { behaviour } = simulator.dataPools;
		behaviour.maxChunkBytes = 20;
		const id = await createJob();
		expect((await addChunk(id, 'id,text,amount\na,b,1\n')).status).toBe(413);
		expect((await post(`${jobsPath}${id}/chunks/upserted`, {})).status).toBe(400);
		for (let times = 0; times < 10; times++) expect((await submit('none')).status).toBe(404);
		expect((await submit('none')).status).toBe(429);
		behaviour.submitsPerHour = 12;
		clock.advance(1000);
		expect((await submit('none')).status).toBe(404);
		clock.advance(1000);
		expect((await submit('none')).status).toBe(429);
		clock.set('2026-06-02T09:00:00Z');
		expect((await submit('none')).status).toBe(404);
	});

	it('serves the older path and the newer one, or one of them', async () => {
		const older = jobsPath.replace('data-ingestion', 'integration');
		expect((await post(older, jobBody)).status).toBe(200);
		simulator.dataPools.behaviour.base = 'integration';
		expect((await post(older, jobBody)).status).toBe(200);
		expect((await post(jobsPath, jobBody)).status).toBe(404);
	});

	it('shows its tables to people and to programs', async () => {
		await push('id,text,amount\na,<b>,1\n');
		const json = await get(simulator, '/simulator/tables', {}, null);
		expect(await json.json()).toMatchObject([{ name: 'EVENTS', rows: [{ id: 'a', amount: 1 }] }]);
		const headers = { accept: 'text/html' };
		const html = await get(simulator, '/simulator/tables', {}, null, { headers });
		expect(await html.text()).toContain('<td>&#60;b&#62;</td>');
	});
});
