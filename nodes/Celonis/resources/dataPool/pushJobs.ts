import type { ApiName } from '../../errors/apis';
import { CelonisError } from '../../errors/celonisError';
import type { OpenConnection } from '../../http/connection';
import { redact, toSafeLine } from '../../http/errorMessage';
import type { HttpResponse } from '../../http/response';
import { isJsonObject } from '../../records/json';
import { buildFileForm } from './multipart';

/** The state of a data push job. */
export interface JobState {
	readonly status: string;
	/** Log lines of the job, without secrets. */
	readonly logs: readonly string[];
}

/** The data push jobs of a data pool. */
export interface PushJobs {
	/** Creates a job and returns its ID. A job that is never submitted does nothing. */
	create(request: object): Promise<string>;
	/** Adds rows to a job. After an error it may be unknown whether they were added. */
	addChunk(id: string, csv: string): Promise<void>;
	/** Submits a job. After an error it may be unknown whether it was submitted. */
	submit(id: string): Promise<void>;
	getState(id: string): Promise<JobState>;
	remove(id: string): Promise<void>;
}

/** Creates a client of the Data Push API, whose path is that of Celonis' current documentation. */
export function createPushJobs(
	{ api, send, getSecrets }: OpenConnection,
	poolId: string,
): PushJobs {
	const jobsPath = `/data-ingestion/api/v1/data-push/${encodeURIComponent(poolId)}/jobs/`;
	const getJobPath = (id: string) => `${jobsPath}${encodeURIComponent(id)}`;
	const post = { method: 'POST', idempotent: false, ignoreBody: true } as const;
	return {
		create: async (request) => {
			const options = { method: 'POST', body: request, idempotent: true } as const;
			const id = parseText(api, await send(jobsPath, {}, options), 'id');
			return requireJobId(api, id, await getSecrets());
		},
		addChunk: async (id, csv) => {
			const form = buildFileForm('file', 'rows.csv', 'text/csv', csv);
			await send(`${getJobPath(id)}/chunks/upserted`, {}, { ...post, ...form });
		},
		submit: async (id) => {
			await send(getJobPath(id), {}, post);
		},
		getState: async (id) => {
			const response = await send(getJobPath(id), {});
			const secrets = await getSecrets();
			const logs = parseLogs(response).map((line) => redact(line, secrets));
			const status = parseText(api, response, 'status');
			return { status: toSafeLine(status, secrets, MAX_STATUS_LENGTH) ?? '', logs };
		},
		remove: async (id) => {
			const options = { method: 'DELETE', idempotent: true, ignoreBody: true } as const;
			await send(getJobPath(id), {}, options);
		},
	};
}

const MAX_STATUS_LENGTH = 50;

/** The format of IDs is not documented; UUIDs were seen. Path segments such as `..` are none. */
const JOB_ID = /^[\w~:-][\w.~:-]{0,199}$/;

/** The ID becomes a segment of a path, and users see it. */
function requireJobId(api: ApiName, id: string, secrets: readonly string[]): string {
	if (JOB_ID.test(id) && redact(id, secrets) === id) return id;
	const shown = toSafeLine(id, secrets, MAX_STATUS_LENGTH) ?? '';
	throw new CelonisError('unexpectedJson', { api, detail: `the ID of the job is "${shown}"` });
}

function parseText(api: ApiName, { body }: HttpResponse, name: string): string {
	const text = isJsonObject(body) ? body[name] : undefined;
	if (typeof text === 'string' && text !== '') return text;
	throw new CelonisError('unexpectedJson', { api });
}

function parseLogs({ body }: HttpResponse): string[] {
	const logs = isJsonObject(body) ? body.logs : undefined;
	return Array.isArray(logs) ? logs.filter((line) => typeof line === 'string') : [];
}
