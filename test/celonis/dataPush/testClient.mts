import { expect } from '@jest/globals';
import { defaultPoolId } from '../access.mts';
import type { Simulator } from '../simulator.mts';
import { fullAccessAppKeyHeader, get } from '../testClient.mts';
import { getJobsPath } from './endpoints.mts';

/** The path of the jobs of the simulated data pool. */
export const jobsPath = getJobsPath(defaultPoolId);

export const columns = [
	{ columnName: 'id', columnType: 'STRING', fieldLength: 40, pkField: true },
	{ columnName: 'text', columnType: 'STRING', fieldLength: 40 },
	{ columnName: 'amount', columnType: 'INTEGER' },
];

/** A valid job. */
export const jobBody = {
	targetName: 'EVENTS',
	dataPoolId: defaultPoolId,
	type: 'DELTA',
	fileType: 'CSV',
	keys: ['id'],
	tableSchema: { tableName: 'EVENTS', columns },
};

/** A client of Data Push for the simulator's own tests. */
export function createPushClient(getSimulator: () => Simulator) {
	const post = async (
		path: string,
		body?: object | FormData,
		authorization = fullAccessAppKeyHeader,
	) => {
		const isForm = body instanceof FormData;
		const headers: Record<string, string> = { authorization };
		if (body && !isForm) headers['content-type'] = 'application/json';
		return await get(getSimulator(), path, {}, null, {
			method: 'POST',
			headers,
			body: isForm ? body : body && JSON.stringify(body),
		});
	};
	const createJob = async (changes: object = {}) => {
		const response = await post(jobsPath, { ...jobBody, ...changes });
		return ((await response.json()) as { id: string }).id;
	};
	const addChunk = async (id: string, csv: string) =>
		await post(`${jobsPath}${id}/chunks/upserted`, createForm(csv));
	const submit = async (id: string) => await post(`${jobsPath}${id}`);
	const getJob = async (id: string) => {
		const response = await get(getSimulator(), jobsPath + id, {}, fullAccessAppKeyHeader);
		return (await response.json()) as { status: string; logs: string[] };
	};
	const push = async (csv: string, changes: object = {}) => {
		const id = await createJob(changes);
		expect((await addChunk(id, csv)).status).toBe(200);
		expect((await submit(id)).status).toBe(200);
		getSimulator().clock.advance(500);
		return await getJob(id);
	};
	const getRows = () =>
		getSimulator()
			.dataPools.getTable('EVENTS')
			?.rows.map(({ _CELONIS_CHANGE_DATE, ...row }) => Object.values(row));
	return { post, createJob, addChunk, submit, getJob, push, getRows };
}

/** The multipart form of a chunk. */
export function createForm(csv: string): FormData {
	const form = new FormData();
	form.set('file', new Blob([csv], { type: 'text/csv' }), 'chunk.csv');
	return form;
}
