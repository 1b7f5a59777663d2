import { emptyResponse, type SimulatedResponse } from '../../celonis/responses.mts';
import { auditV2Path } from '../../celonis/auditV2.mts';
import type { SimulatedRequest } from '../../celonis/routes.mts';
import type { ServerPlan } from '../plan/plan.mts';
import type { LargeAnswers } from '../plan/serverTraits.mts';
import type { VirtualTime } from '../time.mts';
import type { TeamInMemory } from './team.mts';
import { formatFault, type NetworkFault, type NetworkFaults } from './networkFaults.mts';
import type { OddResponses } from './oddResponses.mts';
import type { PageChange } from './recordForms.mts';
import type { ServerClock } from './serverClock.mts';

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

/** What the network and the servers of a run consist of; all teams share it. */
export interface Internet {
	readonly time: VirtualTime;
	readonly network: NetworkFaults;
	readonly oddResponses: OddResponses;
	readonly serverClock: ServerClock;
	readonly plan: ServerPlan;
	/** What happens to answers with many records. */
	readonly largeAnswers: LargeAnswers | undefined;
	/** How the records of a page are sent. */
	readonly changePage: Readonly<Record<'v2' | 'others', PageChange | undefined>>;
	readonly traffic: Traffic;
}

/** The simulated network between n8n and the team: adds latency, timeouts and faults. */
export function createExchange(team: TeamInMemory, internet: Internet): Exchange {
	const { time, network, oddResponses, serverClock, plan, largeAnswers, changePage, traffic } =
		internet;
	const { server: clock } = time;
	const drawFault = (request: SimulatedRequest, nowMs: number): NetworkFault | undefined => {
		const recordRequest = () => team.recordRequest(request);
		return network.drawFault(nowMs, recordRequest) ?? oddResponses.drawFault(recordRequest);
	};
	return async (request, timeoutMs) => {
		const sentAtMs = clock.now();
		const drawn = drawFault(request, sentAtMs);
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

		const beforeReadMs = clock.now();
		let simulated = fault?.type === 'respond' ? fault.response : team.respond(request);
		if (fault?.type === 'transform') {
			simulated = fault.transform(simulated, team.recordRequest(request));
		}
		if (largeAnswers && countRecords(simulated) > largeAnswers.maxRecords) {
			traffic.faults++;
			traffic.lines?.push(`  too many records: ${largeAnswers.outcome}`);
			if (largeAnswers.outcome === 'hang') await delay(timeoutMs);
			else simulated = emptyResponse(504);
		}
		const respondedMs = plan.dateHeader === 'before' ? beforeReadMs : clock.now();
		const date = serverClock.formatDate(request.path, respondedMs);
		const change = changePage[request.path === auditV2Path ? 'v2' : 'others'];
		await delay(network.drawLatencyMs());

		const isTruncated = fault?.type === 'truncate' || fault?.type === 'reset';
		const response = {
			statusCode: simulated.status,
			headers: { date, ...simulated.headers },
			body: change && isJson(simulated) ? change(simulated.body, beforeReadMs) : simulated.body,
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

function countRecords(response: SimulatedResponse): number {
	if (!isJson(response) || response.body === '') return 0;
	const page = JSON.parse(response.body) as { readonly content?: unknown } | null;
	return Array.isArray(page?.content) ? page.content.length : 0;
}

function isJson({ headers }: SimulatedResponse): boolean {
	return headers['content-type']?.includes('json') ?? false;
}

function formatRequest({ path, query }: SimulatedRequest): string {
	const version = path.includes('/v2/') ? 'v2' : path.includes('/audit') ? 'v1' : path;
	const range = [query.get('from') ?? '', query.get('to') ?? ''].join(' … ');
	const page = query.get('pageToken') ? 'next' : query.get('pageNumber');
	return `${version} ${range}${page ? ` page ${page}` : ''}`;
}
