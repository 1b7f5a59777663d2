import type { Access } from '../access.mts';
import type { SimulatedResponse } from '../responses.mts';
import { emptyResponse, jsonResponse } from '../responses.mts';
import { dataPushAccess } from '../authorization.mts';
import type { Clock } from '../clock.mts';
import { RateLimiter } from '../rateLimiter.mts';
import type { SimulatedRequest, Endpoint, PathValues } from '../routes.mts';
import type { DataPools, Job } from './dataPools.mts';
import { jobRequest } from './jobRequest.mts';

type Handler = (asked: SimulatedRequest, values: PathValues) => SimulatedResponse;

/** The path of a pool's jobs, as the newer documents have it. */
export const jobsPath = (poolId: string) => `/data-ingestion/api/v1/data-push/${poolId}/jobs/`;

/** Data Push: create a job, fill it chunk by chunk, submit it, look after it. */
export function dataPushEndpoints(pools: DataPools, access: Access, clock: Clock): Endpoint[] {
	const limits = submitLimits(pools, clock);
	const ofJob = (answer: (job: Job, asked: SimulatedRequest) => SimulatedResponse): Handler => {
		return (asked, { pool = '', id = '' }) => {
			const job = pools.find(pool, id);
			return job ? answer(job, asked) : emptyResponse(404);
		};
	};
	const ofNewJob = (answer: (job: Job, asked: SimulatedRequest) => SimulatedResponse): Handler =>
		ofJob((job, asked) => (job.status === 'NEW' ? answer(job, asked) : notNew(job)));

	const at = (method: Endpoint['method'], rest: string, answer: Handler): Endpoint[] =>
		(['integration', 'data-ingestion'] as const).map((base) => ({
			method,
			path: new RegExp(`^/${base}/api/v1/data-push/(?<pool>[^/]+)/jobs${rest}$`),
			isAvailable: () => ['both', base].includes(pools.behaviour.base),
			needs: ({ pool = '' }) => dataPushAccess(access, pool),
			answer: (asked, values) =>
				pools.poolIds.includes(values.pool ?? '') ? answer(asked, values) : emptyResponse(404),
		}));

	return [
		...at('POST', '/', ({ body }, { pool = '' }) => create(pools, body, pool)),
		...at(
			'POST',
			'/(?<id>[^/]+)/chunks/upserted',
			ofNewJob((job, asked) => add(pools, job, asked)),
		),
		...at('POST', '/(?<id>[^/]+)', (asked, values) => {
			const refusal = limits.map((limit) => limit.count().refusal).find(Boolean);
			const submit = ofNewJob((job) => {
				pools.submit(job);
				return emptyResponse(200);
			});
			return refusal ?? submit(asked, values);
		}),
		...at('GET', '/(?<id>[^/]+)', (asked, values) => {
			clock.advance(pools.behaviour.pollTimeMs);
			return ofJob((job) => jsonResponse(200, shown(job)))(asked, values);
		}),
		...at(
			'DELETE',
			'/(?<id>[^/]+)',
			ofJob((job) => {
				pools.jobs.delete(job.id);
				return emptyResponse(200);
			}),
		),
	];
}

function create(pools: DataPools, body: string, poolId: string): SimulatedResponse {
	const request = jobRequest(body, poolId);
	if (!Array.isArray(request)) return jsonResponse(200, shown(pools.create(request)));
	return invalid(request);
}

function add(pools: DataPools, job: Job, { parts, headers }: SimulatedRequest): SimulatedResponse {
	const { maxChunkBytes } = pools.behaviour;
	const file = parts?.get('file');
	const bytes = file?.length ?? Number(headers['content-length'] ?? 0);
	if (bytes > maxChunkBytes) return emptyResponse(413);
	if (!file) return invalid([{ attribute: 'file', error: 'is missing' }]);
	job.chunks.push(file);
	return emptyResponse(200);
}

function shown({ id, request, status, logs, lastModified }: Job): object {
	return { id, ...request, status, logs, lastModified: new Date(lastModified).toISOString() };
}

function notNew({ status }: Job): SimulatedResponse {
	return invalid([{ attribute: 'status', error: `The job is ${status}, not NEW` }]);
}

function invalid(problems: Array<{ attribute: string; error: string }>): SimulatedResponse {
	const errors = problems.map((problem) => ({ ...problem, errorCode: 'INVALID' }));
	return jsonResponse(400, { errors });
}

function submitLimits({ behaviour }: DataPools, clock: Clock): RateLimiter[] {
	const limiter = (limit: () => number, windowSeconds: number) =>
		new RateLimiter(clock, () => ({
			limit: limit(),
			windowSeconds,
			fromFullWindow: true,
			resetForm: 'none',
		}));
	return [
		limiter(() => behaviour.submitsPerSecond, 1),
		limiter(() => behaviour.submitsPerHour, 3600),
	];
}
