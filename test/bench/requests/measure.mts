import { withRequestPipeline } from '../../../nodes/Celonis/http/pipeline';
import type { EventLog } from '../../../nodes/Celonis/reading/eventLog';
import { readEvents } from '../../../nodes/Celonis/reading/readEvents';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { createVirtualClock } from '../../support/virtualClock.mts';
import { createTimes, END_MS, WINDOW, type Spread } from './logs.mts';
import { createServer, type Order, type Paging } from './server.mts';

/** A reading of a month. */
export interface Reading {
	readonly spread: Spread;
	readonly events: number;
	readonly order: Order;
	readonly paging: Paging;
	readonly pageSize: number;
	readonly concurrency: number;
	/** Whether the concurrency adapts, as it does in the nodes; otherwise it is there at once. */
	readonly isAdaptive?: boolean;
}

/** What a reading costs. */
export interface Cost {
	readonly requests: number;
	/** Requests as a share of those that full pages need. */
	readonly requestShare: number;
	/** The time as a share of that of as many workers as are allowed, all busy with full pages. */
	readonly timeShare: number;
}

const LATENCY_MS = 100;

/** Reads a month from a server in memory, in virtual time: the costs are exact, and always the same. */
export async function measureCost(reading: Reading): Promise<Cost> {
	const { spread, events, order, paging, pageSize, concurrency } = reading;
	const clock = createVirtualClock(END_MS + 60 * 60 * 1000);
	const times = createTimes(spread, events);
	const server = createServer({ times, order, paging, pageSize, latencyMs: LATENCY_MS, clock });
	const api = 'auditLog';
	const requests = reading.isAdaptive
		? withRequestPipeline(server.send, { api, clock, random: () => 0.5, concurrency })
		: { send: server.send, getConcurrency: () => concurrency };
	const apiVersion = paging === 'v2' ? 'v2' : 'v1';
	const connection = { api, team: 'team.example', ...requests } as const;
	const log: EventLog = {
		...connection,
		pages: auditLog.createPaginator(connection, { apiVersion }),
		identityFields: auditLog.identityFields,
		hasLazyIds: true,
	};
	const readAll = async () => {
		const options = { direction: 'newestFirst', concurrency, limit: Infinity } as const;
		let count = 0;
		for await (const slice of readEvents(log, WINDOW, { ...options, matches: () => true })) {
			count += slice.length;
		}
		return count;
	};
	const startedMs = clock.now();
	const count = await clock.run(readAll());
	if (count !== events) throw new Error(`${count} of ${events} events were read`);
	const pages = Math.ceil(events / pageSize);
	const idealMs = Math.ceil(pages / concurrency) * LATENCY_MS;
	return {
		requests: server.countRequests(),
		requestShare: server.countRequests() / pages,
		timeShare: (clock.now() - startedMs) / idealMs,
	};
}
