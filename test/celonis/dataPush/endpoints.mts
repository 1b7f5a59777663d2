import type { Access } from '../access.mts';
import type { SimulatedResponse } from '../responses.mts';
import { emptyResponse, jsonResponse } from '../responses.mts';
import { requireDataPush } from '../authorization.mts';
import type { Clock } from '../clock.mts';
import { RateLimiter } from '../rateLimiter.mts';
import type { SimulatedRequest, Endpoint, PathValues } from '../routes.mts';
import type { DataPools, Job } from './dataPools.mts';
import { parseJobRequest } from './jobRequest.mts';

type Handler = (request: SimulatedRequest, values: PathValues) => SimulatedResponse;

/** The path of a pool's jobs in the newer documents. */
export const getJobsPath = (poolId: string) => `/data-ingestion/api/v1/data-push/${poolId}/jobs/`;

/** Data Push: create a job, add chunks, submit it, get its status, delete it. */
export function createDataPushEndpoints(
	pools: DataPools,
	access: Access,
	clock: Clock,
): Endpoint[] {
	const limits = createSubmitLimits(pools, clock);
	const at = (method: Endpoint['method'], rest: string, respond: Handler) =>
		createEndpoints(pools, access, method, rest, respond);
	const jobPath = '/(?<id>[^/]+)';
	return [
		...at('POST', '/', ({ body }, { pool = '' }) => create(pools, body, pool)),
		...at(
			'POST',
			`${jobPath}/chunks/upserted`,
			withNewJob(pools, (job, request) => add(pools, job, request)),
		),
		...at('POST', jobPath, (request, values) => {
			const rejection = limits.map((limit) => limit.count().rejection).find(Boolean);
			const submit = withNewJob(pools, (job) => {
				pools.submit(job);
				return emptyResponse(200);
			});
			return rejection ?? submit(request, values);
		}),
		...at('GET', jobPath, (request, values) => {
			clock.advance(pools.behaviour.pollTimeMs);
			return withJob(pools, (job) => jsonResponse(200, formatJob(job)))(request, values);
		}),
		...at(
			'DELETE',
			jobPath,
			withJob(pools, (job) => {
				pools.jobs.delete(job.id);
				return emptyResponse(200);
			}),
		),
	];
}

/** An endpoint below both published prefixes of the path. */
function createEndpoints(
	pools: DataPools,
	access: Access,
	method: Endpoint['method'],
	rest: string,
	respond: Handler,
): Endpoint[] {
	return (['integration', 'data-ingestion'] as const).map((base) => ({
		method,
		path: new RegExp(`^/${base}/api/v1/data-push/(?<pool>[^/]+)/jobs${rest}$`),
		isAvailable: () => ['both', base].includes(pools.behaviour.base),
		getRequirement: ({ pool = '' }) => requireDataPush(access, pool),
		respond: (request, values) =>
			pools.poolIds.includes(values.pool ?? '') ? respond(request, values) : emptyResponse(404),
	}));
}

type JobHandler = (job: Job, request: SimulatedRequest) => SimulatedResponse;

function withJob(pools: DataPools, respond: JobHandler): Handler {
	return (request, { pool = '', id = '' }) => {
		const job = pools.find(pool, id);
		return job ? respond(job, request) : emptyResponse(404);
	};
}

function withNewJob(pools: DataPools, respond: JobHandler): Handler {
	return withJob(pools, (job, request) =>
		job.status === 'NEW' ? respond(job, request) : rejectNotNew(job),
	);
}

function create(pools: DataPools, body: string, poolId: string): SimulatedResponse {
	const request = parseJobRequest(body, poolId);
	if (!Array.isArray(request)) return jsonResponse(200, formatJob(pools.create(request)));
	return rejectInvalid(request);
}

function add(pools: DataPools, job: Job, { parts, headers }: SimulatedRequest): SimulatedResponse {
	const { maxChunkBytes } = pools.behaviour;
	const file = parts?.get('file');
	const bytes = file?.length ?? Number(headers['content-length'] ?? 0);
	if (bytes > maxChunkBytes) return emptyResponse(413);
	if (!file) return rejectInvalid([{ attribute: 'file', error: 'is missing' }]);
	job.chunks.push(file);
	return emptyResponse(200);
}

function formatJob({ id, request, status, logs, lastModified }: Job): object {
	return { id, ...request, status, logs, lastModified: new Date(lastModified).toISOString() };
}

function rejectNotNew({ status }: Job): SimulatedResponse {
	return rejectInvalid([{ attribute: 'status', error: `The job is ${status}, not NEW` }]);
}

function rejectInvalid(problems: Array<{ attribute: string; error: string }>): SimulatedResponse {
	const errors = problems.map((problem) => ({ ...problem, errorCode: 'INVALID' }));
	return jsonResponse(400, { errors });
}

function createSubmitLimits({ behaviour }: DataPools, clock: Clock): RateLimiter[] {
	const rateLimiter = (limit: () => number, windowSeconds: number) =>
		new RateLimiter(clock, () => ({
			limit: limit(),
			windowSeconds,
			fromFullWindow: true,
			resetForm: 'none',
		}));
	return [
		rateLimiter(() => behaviour.submitsPerSecond, 1),
		rateLimiter(() => behaviour.submitsPerHour, 3600),
	];
}
