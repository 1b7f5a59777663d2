import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Random } from '../../celonis/random.mts';
import type { Exchange } from '../celonis/exchange.mts';
import { createSendInMemory, type TokenStore } from '../celonis/send.mts';
import type { Plan } from '../plan/plan.mts';
import type { VirtualTime } from '../time.mts';
import { withRequestPipeline } from '../trigger';
import type { Activate } from './activation.mts';
import { pollContext, pollNode, type NodeParts } from './node.mts';

const REQUEST_TIMEOUT_MS = 60_000;

/** Activates the trigger made of these parts, over the simulated way to Celonis. */
export function nodeInMemory(
	parts: NodeParts,
	plan: Plan,
	exchange: Exchange,
	time: VirtualTime,
	random: Random,
): Activate {
	const tokens: TokenStore = {};
	const now = time.hostNow;
	const createSend = (deadlineMs: number, concurrency: number) => {
		const timeoutMs = () => Math.max(1, Math.min(REQUEST_TIMEOUT_MS, deadlineMs - now()));
		return withRequestPipeline(createSendInMemory(exchange, tokens, time, timeoutMs), {
			sleep: time.wait,
			now,
			random: random.fraction,
			deadlineMs,
			concurrency,
		});
	};
	return ({ settings, processId, saved }) => {
		const staticData = new StaticData(saved);
		return {
			poll: async (mode: WorkflowActivateMode) =>
				await pollNode(parts, {
					context: pollContext(processId, staticData.data, mode, plan.budgetMs),
					sourceName: plan.sourceName,
					settings,
					startMs: plan.startMs,
					now,
					createSend: (deadlineMs) => createSend(deadlineMs, settings.concurrency),
					pageSize: plan.server.pageSize,
				}),
			save: () => staticData.save(),
			get isChanged() {
				return staticData.isChanged;
			},
		};
	};
}

/** n8n's static data: only what is assigned at its top level is noticed. */
class StaticData {
	isChanged = false;
	readonly data: Record<string, unknown>;

	constructor(saved: string | undefined) {
		this.data = new Proxy((saved ? JSON.parse(saved) : {}) as Record<string, unknown>, {
			set: (target, name, value) => {
				this.isChanged = true;
				return Reflect.set(target, name, value);
			},
		});
	}

	save(): string {
		this.isChanged = false;
		return JSON.stringify(this.data);
	}
}
