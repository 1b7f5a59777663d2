import { CelonisError } from '../../errors/celonisError';
import { isJsonObject } from '../../records/json';
import type { HttpResponse } from '../../http/response';
import { buildFileForm } from './multipart';
import { redact } from '../../http/errorMessage';
import type { SendRequest } from '../../http/request';

/** Where a data push job stands. */
export interface JobState {
	readonly status: string;
	/** What Celonis says of it, line by line, without secrets. */
	readonly logs: readonly string[];
}

/** The data push jobs of one data pool. */
export interface PushJobs {
	/** Creates a job and gives its id. One that is never submitted does nothing. */
	create(job: object): Promise<string>;
	/** Adds rows to a job. After a fault they may be in it or not. */
	addChunk(id: string, csv: string): Promise<void>;
	/** After a fault the job may be submitted or not. */
	submit(id: string): Promise<void>;
	getState(id: string): Promise<JobState>;
	remove(id: string): Promise<void>;
}

/** Talks to the Data Push API, by the path that Celonis' current pages have. */
export function createPushJobs(
	send: SendRequest,
	poolId: string,
	secrets: () => Promise<readonly string[]>,
): PushJobs {
	const jobs = `/data-ingestion/api/v1/data-push/${encodeURIComponent(poolId)}/jobs/`;
	const at = (id: string) => `${jobs}${encodeURIComponent(id)}`;
	const once = { method: 'POST', idempotent: false, ignoreBody: true } as const;
	return {
		create: async (job) => {
			const options = { method: 'POST', body: job, idempotent: true } as const;
			return requireText(await send(jobs, {}, options), 'id');
		},
		addChunk: async (id, csv) => {
			const form = buildFileForm('file', 'rows.csv', 'text/csv', csv);
			await send(`${at(id)}/chunks/upserted`, {}, { ...once, ...form });
		},
		submit: async (id) => {
			await send(at(id), {}, once);
		},
		getState: async (id) => {
			const answer = await send(at(id), {});
			const hidden = await secrets();
			const logs = parseLogs(answer).map((line) => redact(line, hidden));
			return { status: requireText(answer, 'status'), logs };
		},
		remove: async (id) => {
			const options = { method: 'DELETE', idempotent: true, ignoreBody: true } as const;
			await send(at(id), {}, options);
		},
	};
}

function requireText({ body }: HttpResponse, name: string): string {
	const text = isJsonObject(body) ? body[name] : undefined;
	if (typeof text === 'string' && text !== '') return text;
	throw new CelonisError({ code: 'otherJson' });
}

function parseLogs({ body }: HttpResponse): string[] {
	const logs = isJsonObject(body) ? body.logs : undefined;
	return Array.isArray(logs) ? logs.filter((line) => typeof line === 'string') : [];
}
