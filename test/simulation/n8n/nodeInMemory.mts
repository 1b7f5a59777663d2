import type { WorkflowActivateMode } from 'n8n-workflow';
import { poll } from '../../../nodes/Celonis/delivery/poll';
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
import {
	createRequestContext,
	CREDENTIAL_TYPE,
	ORIGIN,
	type TokenStore,
} from './requestContext.mts';
import { StaticData } from './staticData.mts';

const REQUEST_TIMEOUT_MS = 60_000;
const DEFAULT_BUDGET_MS = 30_000;
const FETCH_SHARE = 0.8;

/** Activates the trigger with the ports of a factory, over the simulated network to Celonis. */
export function nodeInMemory(
	factory: PortFactory,
	plan: Plan,
	exchange: Exchange,
	time: VirtualTime,
	retryRandom: Random,
	failsToDeliver: () => boolean,
): Activate {
	const { sourceName: api } = plan;
	const tokens: TokenStore = {};
	const context = createRequestContext(exchange, tokens);
	// The network ends requests that take too long; no timer runs in virtual time.
	const clock = {
		now: time.hostNow,
		sleep: time.wait,
		createTimeout: () => new AbortController().signal,
	};
	const memories = new Map<string, ProcessMemory>();
	const now = time.hostNow;
	const connect = (deadlineMs: number, concurrency: number): Connection => {
		const sendOnce = createRequestSender(context, {
			api,
			origin: ORIGIN,
			credentialType: CREDENTIAL_TYPE,
			clock,
			timeoutMs: () => Math.max(1, Math.min(REQUEST_TIMEOUT_MS, deadlineMs - now())),
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
	return ({ settings, processId, saved }) => {
		const staticData = new StaticData(saved);
		const memory = memories.get(processId) ?? factory.createMemory(processId);
		memories.set(processId, memory);
		return {
			poll: async (mode: WorkflowActivateMode) => {
				const deadlineMs = now() + (plan.budgetMs ?? DEFAULT_BUDGET_MS) * FETCH_SHARE;
				const ports = createPorts(factory, {
					sourceName: plan.sourceName,
					settings,
					startMs: plan.startMs,
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
