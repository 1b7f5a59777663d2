import type { WorkflowActivateMode } from 'n8n-workflow';
import { poll } from '../../../nodes/Celonis/delivery/poll';
import type { Clock } from '../../../nodes/Celonis/http/clock';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import { withRequestPipeline } from '../../../nodes/Celonis/http/pipeline';
import { createRequestSender } from '../../../nodes/Celonis/http/request';
import type { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import type { Random } from '../../celonis/random.mts';
import type { Exchange } from '../celonis/exchange.mts';
import type { Plan } from '../plan/plan.mts';
import type { VirtualTime } from '../time.mts';
import type { Activate } from './activation.mts';
import { createPorts, type PortFactory } from './ports.mts';
import { createRequestContext, CREDENTIAL_TYPE, ORIGIN } from './requestContext.mts';
import { StaticData } from './staticData.mts';

const REQUEST_TIMEOUT_MS = 60_000;
const DEFAULT_BUDGET_MS = 30_000;
const FETCH_SHARE = 0.8;

/** What a trigger in memory consists of. */
export interface InMemoryTriggerOptions {
	readonly factory: PortFactory;
	readonly plan: Plan;
	readonly exchange: Exchange;
	readonly time: VirtualTime;
	readonly retryRandom: Random;
	/** Whether making the items of a poll fails. */
	readonly failsToDeliver: () => boolean;
}

/** Activates the trigger with the ports of a factory, over the simulated network to Celonis. */
export function createInMemoryTrigger(options: InMemoryTriggerOptions): Activate {
	const { factory, plan, time, failsToDeliver } = options;
	const { sourceName, startMs, budgetMs = DEFAULT_BUDGET_MS } = plan;
	const clock = createClock(time);
	const connect = createConnector(options, clock);
	const memories = new Map<string, ProcessMemory>();
	return ({ settings, processId, saved }) => {
		const staticData = new StaticData(saved);
		const memory = memories.get(processId) ?? factory.createMemory(processId);
		memories.set(processId, memory);
		return {
			poll: async (mode: WorkflowActivateMode) => {
				const deadlineMs = clock.now() + budgetMs * FETCH_SHARE;
				const ports = createPorts(factory, {
					sourceName,
					settings,
					startMs,
					mode,
					memory,
					staticData: staticData.data,
					clock,
					deadlineMs,
					connection: connect(deadlineMs, settings.concurrency),
					pageSize: plan.server.pageSize,
					failsToDeliver,
				});
				const items = await poll(ports);
				return items.length > 0 ? items : null;
			},
			save: () => staticData.save(),
			get isChanged() {
				return staticData.isChanged;
			},
		};
	};
}

/** n8n's clock. It has no timers: the simulated network itself ends requests that take too long. */
function createClock(time: VirtualTime): Clock {
	return {
		now: time.hostNow,
		sleep: time.wait,
		createTimeout: () => new AbortController().signal,
	};
}

/** Creates the connection of each poll; all of them share the access token, as in n8n. */
function createConnector(
	{ plan: { sourceName: api }, exchange, retryRandom }: InMemoryTriggerOptions,
	clock: Clock,
) {
	const context = createRequestContext(exchange, {});
	return (deadlineMs: number, concurrency: number): Connection => {
		const sendOnce = createRequestSender(context, {
			api,
			origin: ORIGIN,
			credentialType: CREDENTIAL_TYPE,
			clock,
			timeoutMs: () => Math.max(1, Math.min(REQUEST_TIMEOUT_MS, deadlineMs - clock.now())),
		});
		const send = withRequestPipeline(sendOnce, {
			api,
			clock,
			random: retryRandom.fraction,
			deadlineMs,
			concurrency,
		});
		return { api, send };
	};
}
