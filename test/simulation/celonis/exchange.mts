import type { SimulatedResponse } from '../../celonis/responses.mts';
import { auditV2Path } from '../../celonis/auditV2.mts';
import type { SimulatedRequest } from '../../celonis/routes.mts';
import type { ServerPlan } from '../plan/plan.mts';
import type { VirtualTime } from '../time.mts';
import type { TeamInMemory } from './team.mts';
import { formatFault, type NetworkFaults } from './networkFaults.mts';

/** A response as it arrives at n8n. */
export interface Response {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Sends a request; rejects with what Node.js or axios would throw. */
export type Exchange = (request: SimulatedRequest, timeoutMs: number) => Promise<Response>;

/** What a run counts, and shows in its trace. */
export interface Traffic {
	requests: number;
	faults: number;
	/** The requests since the last poll began, with their faults. Missing in a run without a trace. */
	readonly lines?: string[];
}

/** The simulated network between n8n and the team: adds latency, timeouts and faults. */
export function createExchange(
	team: TeamInMemory,
	time: VirtualTime,
	network: NetworkFaults,
	plan: ServerPlan,
	traffic: Traffic,
): Exchange {
	const { server: clock } = time;
	return async (request, timeoutMs) => {
		const sentAtMs = clock.now();
		const drawn = network.drawFault(sentAtMs, () => team.recordRequest(request));
		traffic.requests++;
		if (drawn) traffic.faults++;
		traffic.lines?.push(formatRequest(request) + formatFault(drawn));
		const delay = async (ms: number) => {
			const leftMs = sentAtMs + timeoutMs - clock.now();
			await time.wait(Math.max(0, Math.min(ms, leftMs)));
			if (ms >= leftMs) throw createRequestError('ETIMEDOUT', 'timeout of the request exceeded');
		};

		await delay(network.drawLatencyMs());
		if (drawn === 'tokensExpire') team.tokens.expireAll();
		const fault = drawn === 'tokensExpire' ? undefined : drawn;
		if (fault?.type === 'hang') await delay(timeoutMs);
		if (fault?.type === 'reset' && fault.at === 'start') {
			throw createRequestError('ECONNRESET', 'socket hang up');
		}

		const dateBeforeRead = formatHttpDate(clock.now());
		let simulated = fault?.type === 'respond' ? fault.response : team.respond(request);
		if (fault?.type === 'transform') {
			simulated = fault.transform(simulated, team.recordRequest(request));
		}
		const date = plan.dateHeader === 'before' ? dateBeforeRead : formatHttpDate(clock.now());
		await delay(network.drawLatencyMs());

		const isTruncated = fault?.type === 'truncate' || fault?.type === 'reset';
		const response = {
			statusCode: simulated.status,
			headers: { date, ...simulated.headers },
			body: formatBody(simulated, request, plan),
		};
		return isTruncated && simulated.body !== ''
			? truncateResponse(response, simulated, network)
			: response;
	};
}

/** An error as n8n throws it: its own, with the error of axios or Node.js as the cause. */
export function createRequestError(code: string, message: string, properties: object = {}): Error {
	return Object.assign(
		new Error(message),
		{ cause: Object.assign(new Error(message), { code }) },
		properties,
	);
}

function truncateResponse(
	response: Response,
	{ body }: SimulatedResponse,
	network: NetworkFaults,
): Response {
	const truncation = network.drawTruncation();
	if (truncation === 'half')
		return { ...response, body: body.slice(0, Math.ceil(body.length / 2)) };
	if (truncation === 'ECONNRESET') throw createRequestError('ECONNRESET', 'aborted');
	const { statusCode: status, headers } = response;
	throw createRequestError('ERR_BAD_RESPONSE', 'stream has been aborted', {
		response: { status, headers },
	});
}

function formatBody(
	{ body, headers }: SimulatedResponse,
	{ path }: SimulatedRequest,
	{ omitsNulls }: ServerPlan,
): string {
	const isPage = headers['content-type']?.includes('json') && path === auditV2Path;
	return omitsNulls && isPage ? JSON.stringify(omitNulls(JSON.parse(body))) : body;
}

function omitNulls(page: unknown): unknown {
	const { content } = page as { content?: unknown };
	if (!Array.isArray(content)) return page;
	const records = content.map((record: unknown) =>
		typeof record === 'object' && record !== null
			? Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
			: record,
	);
	return { ...(page as object), content: records };
}

const formatHttpDate = (ms: number): string => new Date(ms).toUTCString();

function formatRequest({ path, query }: SimulatedRequest): string {
	const version = path.includes('/v2/') ? 'v2' : path.includes('/audit') ? 'v1' : path;
	const range = [query.get('from') ?? '', query.get('to') ?? ''].join(' … ');
	const page = query.get('pageToken') ? 'next' : query.get('pageNumber');
	return `${version} ${range}${page ? ` page ${page}` : ''}`;
}
