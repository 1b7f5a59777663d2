import type { IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { poll } from '../../../nodes/Celonis/delivery/poll';
import type { Clock } from '../../../nodes/Celonis/http/clock';
import type { Connection } from '../../../nodes/Celonis/http/connection';
import { withRequestPipeline } from '../../../nodes/Celonis/http/pipeline';
import { createRequestSender } from '../../../nodes/Celonis/http/request';
import { PollHistory } from '../../../nodes/Celonis/trigger/activation';
import type { ProcessMemory } from '../../../nodes/Celonis/trigger/processMemory';
import type { Random } from '../../celonis/random.mts';
import type { Exchange } from '../celonis/exchange.mts';
import type { Batch } from '../history.mts';
import type { Plan } from '../plan/plan.mts';
import type { Settings } from '../plan/settings.mts';
import type { VirtualTime } from '../time.mts';
import type { Activate, Activation } from './activation.mts';
import { createPorts, type PollWarning, type PortFactory, type TriggerPorts } from './ports.mts';
import { createRequestContext, CREDENTIAL_TYPE, type TokenStore } from './requestContext.mts';
import { StaticData } from './staticData.mts';

const REQUEST_TIMEOUT_MS = 60_000;
const DEFAULT_BUDGET_MS = 30_000;
const FETCH_SHARE = 0.8;

/** What n8n says of a poll that no job of the durable engine limits. */
const UNLIMITED_BUDGET_MS = 300_000;

/** A team that the credential can name. */
export interface TeamAddress {
	readonly host: string;
	readonly exchange: Exchange;
}

/** What a trigger in memory consists of. */
export interface InMemoryTriggerOptions {
	readonly factory: PortFactory;
	readonly plan: Plan;
	/** The team that the credential names at present. */
	readonly getTeam: () => TeamAddress;
	readonly time: VirtualTime;
	readonly retryRandom: Random;
	/** Whether making the items of a poll fails. */
	readonly failsToDeliver: () => boolean;
	/** Receives the warnings that events appear late. */
	readonly onLateness: (warning: PollWarning) => void;
}

/** What a process of n8n remembers of the trigger. */
interface Process {
	readonly memory: ProcessMemory;
	readonly polls: PollHistory;
}

/** Activates the trigger with the ports of a factory, over the simulated network to Celonis. */
export function createInMemoryTrigger(options: InMemoryTriggerOptions): Activate {
	const clock = createClock(options.time, options.plan.skewMs);
	const connect = createConnector(options, clock);
	const processes = new Map<string, Process>();
	return ({ settings, processId, saved }) => {
		const process = processes.get(processId) ?? {
			memory: options.factory.createMemory(processId),
			polls: new PollHistory(),
		};
		processes.set(processId, process);
		const staticData = new StaticData(saved, options.plan.engine === 'inMemory');
		return new TriggerInMemory(options, { clock, connect, process, staticData, settings });
	};
}

/** What an activation consists of. */
interface ActivationParts {
	readonly clock: Clock;
	readonly connect: Connect;
	readonly process: Process;
	readonly staticData: StaticData;
	readonly settings: Settings;
}

/** The trigger between its activation and its deactivation, as `nodes/Celonis/trigger/poll` runs it. */
class TriggerInMemory implements Activation {
	isFailureTolerated = false;
	readonly #context: IPollFunctions;
	#mode: WorkflowActivateMode = 'activate';

	constructor(
		private readonly options: InMemoryTriggerOptions,
		private readonly parts: ActivationParts,
	) {
		const { plan } = options;
		const isUnlimited = () => plan.engine === 'durable' && this.#mode !== 'update';
		this.#context = createPollContext(
			parts.staticData,
			() => this.#mode,
			plan.budgetMs === undefined
				? undefined
				: () => (isUnlimited() ? UNLIMITED_BUDGET_MS : plan.budgetMs!),
		);
	}

	async poll(mode: WorkflowActivateMode): Promise<Batch | null> {
		const { factory } = this.options;
		this.#mode = mode;
		this.isFailureTolerated = false;
		const attempt = this.parts.process.polls.begin(this.#context);
		const ports = this.#createPorts(mode);
		try {
			const items = await poll(ports);
			return items.length > 0 ? items : null;
		} catch (error) {
			if (!factory.tolerates(attempt, error, ports.log.team)) throw error;
			ports.store.startNow();
			this.isFailureTolerated = true;
			return null;
		}
	}

	save(): string {
		return this.parts.staticData.save();
	}

	get isChanged(): boolean {
		return this.parts.staticData.isChanged;
	}

	#createPorts(mode: WorkflowActivateMode): TriggerPorts {
		const { factory, plan, failsToDeliver, onLateness } = this.options;
		const { clock, connect, process, staticData, settings } = this.parts;
		const budgetMs = this.#context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
		const deadlineMs = clock.now() + budgetMs * FETCH_SHARE;
		return createPorts(factory, {
			sourceName: plan.sourceName,
			settings,
			startMs: plan.startMs,
			mode,
			memory: process.memory,
			staticData: staticData.data,
			clock,
			deadlineMs,
			connection: connect(deadlineMs, settings.concurrency),
			pageSize: plan.server.pageSize,
			failsToDeliver,
			onLateness,
		});
	}
}

/** The part of n8n's context by which the trigger recognizes what n8n polls for. */
function createPollContext(
	staticData: StaticData,
	getMode: () => WorkflowActivateMode,
	getPollBudgetMs: (() => number) | undefined,
): IPollFunctions {
	const context = {
		getWorkflow: () => ({ id: 'simulated' }),
		getNode: () => ({ id: 'simulated' }),
		getWorkflowStaticData: () => staticData.data,
		getMode: () => 'trigger',
		getActivationMode: getMode,
		getPollBudgetMs,
	};
	return context as unknown as IPollFunctions;
}

/**
 * The clocks of n8n's machine: one that is never set, and the wall clock. They have no timers: the
 * simulated network itself ends requests that take too long.
 */
function createClock(time: VirtualTime, skewMs: number): Clock {
	return {
		now: () => time.server.now() + skewMs,
		wallNow: time.hostNow,
		sleep: time.wait,
		createTimeout: () => new AbortController().signal,
	};
}

type Connect = (deadlineMs: number, concurrency: number) => Connection;

/** Creates the connection of each poll; all of them share the access token, as in n8n. */
function createConnector(
	{ plan: { sourceName: api }, getTeam, retryRandom }: InMemoryTriggerOptions,
	clock: Clock,
): Connect {
	const tokens: TokenStore = {};
	return (deadlineMs, concurrency) => {
		const { host, exchange } = getTeam();
		const sendOnce = createRequestSender(createRequestContext(exchange, tokens), {
			api,
			origin: `https://${host}`,
			credentialType: CREDENTIAL_TYPE,
			clock,
			timeoutMs: (maxTimeShare = 1) =>
				Math.max(1, Math.min(REQUEST_TIMEOUT_MS, maxTimeShare * (deadlineMs - clock.now()))),
		});
		const requests = withRequestPipeline(sendOnce, {
			api,
			clock,
			random: retryRandom.fraction,
			deadlineMs,
			concurrency,
		});
		return { api, team: host, ...requests };
	};
}
