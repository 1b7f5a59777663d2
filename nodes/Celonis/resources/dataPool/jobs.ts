import { CelonisFault } from '../../errors/celonisError';
import { isJsonObject } from '../../records/json';
import type { Answer } from '../../http/response';
import { fileForm } from './multipart';
import { blot } from '../../http/errorMessage';
import type { Send } from '../../http/request';

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
	add(id: string, csv: string): Promise<void>;
	/** After a fault the job may be submitted or not. */
	submit(id: string): Promise<void>;
	look(id: string): Promise<JobState>;
	remove(id: string): Promise<void>;
}

/** Talks to the Data Push API, by the path that Celonis' current pages have. */
export function createPushJobs(
	send: Send,
	poolId: string,
	secrets: () => Promise<readonly string[]>,
): PushJobs {
	const jobs = `/data-ingestion/api/v1/data-push/${encodeURIComponent(poolId)}/jobs/`;
	const at = (id: string) => `${jobs}${encodeURIComponent(id)}`;
	const once = { method: 'POST', repeatable: false, needsNoAnswer: true } as const;
	return {
		create: async (job) => {
			const errand = { method: 'POST', body: job, repeatable: true } as const;
			return textIn(await send(jobs, {}, errand), 'id');
		},
		add: async (id, csv) => {
			const form = fileForm('file', 'rows.csv', 'text/csv', csv);
			await send(`${at(id)}/chunks/upserted`, {}, { ...once, ...form });
		},
		submit: async (id) => {
			await send(at(id), {}, once);
		},
		look: async (id) => {
			const answer = await send(at(id), {});
			const hidden = await secrets();
			const logs = logsIn(answer).map((line) => blot(line, hidden));
			return { status: textIn(answer, 'status'), logs };
		},
		remove: async (id) => {
			const errand = { method: 'DELETE', repeatable: true, needsNoAnswer: true } as const;
			await send(at(id), {}, errand);
		},
	};
}

function textIn({ body }: Answer, name: string): string {
	const text = isJsonObject(body) ? body[name] : undefined;
	if (typeof text === 'string' && text !== '') return text;
	throw new CelonisFault({ kind: 'otherJson' });
}

function logsIn({ body }: Answer): string[] {
	const logs = isJsonObject(body) ? body.logs : undefined;
	return Array.isArray(logs) ? logs.filter((line) => typeof line === 'string') : [];
}
