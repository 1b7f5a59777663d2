import type { SimulatedResponse } from '../../celonis/responses.mts';
import { auditV2Path } from '../../celonis/auditV2.mts';
import type { SimulatedRequest } from '../../celonis/routes.mts';
import type { ServerPlan } from '../plan/plan.mts';
import type { VirtualTime } from '../time.mts';
import type { TeamInMemory } from './team.mts';
import { describeFault, type NetworkFaults } from './networkFaults.mts';

/** A response as it arrives at n8n. */
export interface Response {
	readonly statusCode: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Sends a request; rejects with what Node.js or axios would throw. */
export type Exchange = (asked: SimulatedRequest, timeoutMs: number) => Promise<Response>;

/** What a run counts, and shows in its trace. */
export interface Traffic {
	requests: number;
	faults: number;
	/** Since the last poll began: what was asked for, and what happened to it; if anybody listens. */
	readonly lines?: string[];
}

/** The way to the team and back: takes time, and meets what the network brings. */
export function createExchange(
	team: TeamInMemory,
	time: VirtualTime,
	network: NetworkFaults,
	plan: ServerPlan,
	traffic: Traffic,
): Exchange {
	const { server: clock } = time;
	return async (asked, timeoutMs) => {
		const sentAtMs = clock.now();
		const mishap = network.faultAt(sentAtMs, () => team.recordOf(asked));
		traffic.requests++;
		if (mishap) traffic.faults++;
		traffic.lines?.push(describe(asked) + describeFault(mishap));
		const travel = async (ms: number) => {
			const leftMs = sentAtMs + timeoutMs - clock.now();
			await time.wait(Math.max(0, Math.min(ms, leftMs)));
			if (ms >= leftMs) throw failure('ETIMEDOUT', 'timeout of the request exceeded');
		};

		await travel(network.travelMs());
		if (mishap === 'tokensExpire') team.tokens.expireAll();
		const fault = mishap === 'tokensExpire' ? undefined : mishap;
		if (fault?.type === 'hang') await travel(timeoutMs);
		if (fault?.type === 'reset' && fault.at === 'start') {
			throw failure('ECONNRESET', 'socket hang up');
		}

		const dateBefore = dateOf(clock.now());
		let answer = fault?.type === 'respond' ? fault.response : team.answerTo(asked);
		if (fault?.type === 'transform') answer = fault.transform(answer, team.recordOf(asked));
		const date = plan.dateOf === 'before' ? dateBefore : dateOf(clock.now());
		const headers = { date, ...answer.headers };
		await travel(network.travelMs());

		const breaksOff = fault?.type === 'truncate' || fault?.type === 'reset';
		const response = { statusCode: answer.status, headers, body: getBody(answer, asked, plan) };
		return breaksOff && answer.body !== '' ? brokenOff(response, answer, network) : response;
	};
}

/** An error as n8n throws it: the one of axios or Node.js inside of its own. */
export function failure(code: string, message: string, more: object = {}): Error {
	return Object.assign(
		new Error(message),
		{ cause: Object.assign(new Error(message), { code }) },
		more,
	);
}

function brokenOff(
	response: Response,
	{ body }: SimulatedResponse,
	network: NetworkFaults,
): Response {
	const way = network.breakingOff();
	if (way === 'half') return { ...response, body: body.slice(0, Math.ceil(body.length / 2)) };
	if (way === 'ECONNRESET') throw failure('ECONNRESET', 'aborted');
	const { statusCode: status, headers } = response;
	throw failure('ERR_BAD_RESPONSE', 'stream has been aborted', { response: { status, headers } });
}

function getBody(
	{ body, headers }: SimulatedResponse,
	asked: SimulatedRequest,
	{ leavesOutNulls }: ServerPlan,
): string {
	const isPage = headers['content-type']?.includes('json') && asked.path === auditV2Path;
	return leavesOutNulls && isPage ? JSON.stringify(withoutNulls(JSON.parse(body))) : body;
}

function withoutNulls(page: unknown): unknown {
	const { content } = page as { content?: unknown };
	if (!Array.isArray(content)) return page;
	const records = content.map((record: unknown) =>
		typeof record === 'object' && record !== null
			? Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
			: record,
	);
	return { ...(page as object), content: records };
}

const dateOf = (ms: number): string => new Date(ms).toUTCString();

function describe({ path, query }: SimulatedRequest): string {
	const version = path.includes('/v2/') ? 'v2' : path.includes('/audit') ? 'v1' : path;
	const span = [query.get('from') ?? '', query.get('to') ?? ''].join(' … ');
	const page = query.get('pageToken') ? 'next' : query.get('pageNumber');
	return `${version} ${span}${page ? ` page ${page}` : ''}`;
}
