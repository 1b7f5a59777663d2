import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { rateLimited, resetInBody } from '../../celonis/faults/index.mts';
import type { InjectedFault } from '../../celonis/faults/faultInjector.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import { seededRandom } from '../../celonis/random.mts';
import { getRecords, grantFullAccess, openTeam, type Team } from '../../integration/n8n/team.mts';
import { loadWorkflow } from '../../integration/n8n/n8nHarness.mts';
import type { Traffic } from '../celonis/exchange.mts';
import { formatFault, NetworkFaults, type NetworkFault } from '../celonis/networkFaults.mts';
import type { Batch } from '../history.mts';
import type { Activate } from '../n8n/activation.mts';
import { TEAM_HOST, type Plan } from '../plan/plan.mts';
import { createLog, type Environment } from '../run.mts';
import { VirtualTime } from '../time.mts';

/**
 * The whole trigger in n8n's own poll context, and Celonis behind real HTTP. Both clocks are
 * virtual: n8n's clock is `Date.now` and `performance.now`. `Math.random` gives 0, so that pauses
 * before a retry are as short as possible and the same in each run.
 */
export async function createHttpEnvironment(plan: Plan): Promise<Environment> {
	const time = new VirtualTime(plan.beginMs, plan.skewMs);
	jest.spyOn(Date, 'now').mockImplementation(time.hostNow);
	jest.spyOn(performance, 'now').mockImplementation(time.hostNow);
	jest.spyOn(Math, 'random').mockReturnValue(0);

	const { behaviour, tokenLifeSeconds } = plan.server;
	const isAudit = plan.sourceName === 'auditLog';
	const log = createLog(plan.emissions, plan.seed);
	const team = await openTeam({
		...(isAudit ? { log } : { logins: { log } }),
		clock: time.server,
		behaviour: { ...behaviour, rateLimit: undefined },
		tokenLifeSeconds,
		seed: plan.seed,
	});
	grantFullAccess(team);
	const network = new NetworkFaults(seededRandom(plan.seed + 1), plan.network);
	const traffic: Traffic = { requests: 0, faults: 0, lines: [] };
	injectFaults(team, network, traffic);
	return {
		time,
		activate: createActivate(team, plan),
		traffic,
		beforePoll: () => network.beforePoll(time.server.now()),
		beforeActivation: () => {},
		selectTeam: () => {},
		getTeam: () => TEAM_HOST,
		heal: () => {
			network.heal();
			team.celonis.behaviour.pageTimeMs = 0;
		},
	};
}

function injectFaults({ celonis }: Team, network: NetworkFaults, traffic: Traffic): void {
	celonis.faults.decide = (request) => {
		traffic.requests++;
		const fault = network.drawFault(request.at, () => request);
		if (fault) traffic.faults++;
		traffic.lines?.push(formatRequest(request, fault));
		if (fault !== 'tokensExpire') return fault && withoutWait(fault);
		celonis.tokens.expireAll();
		return undefined;
	};
}

function createActivate({ n8n }: Team, plan: Plan): Activate {
	return ({ settings, processId, saved }) => {
		const workflow = loadWorkflow('trigger', {
			source: plan.sourceName,
			...(plan.startMs !== undefined && {
				startFrom: 'date',
				startDate: new Date(plan.startMs).toISOString(),
			}),
			options: {
				apiVersion: settings.apiVersion,
				concurrency: settings.concurrency,
				lookback: settings.lookbackMs / 60_000,
				maxEventsPerPoll: settings.maxEvents,
				repeatLastBatch: settings.repeatLastBatch,
			},
		});
		// The node keeps its memory by node id: a new id simulates a new process.
		for (const node of workflow.nodes) node.id = processId;
		const trigger = n8n.activate(workflow, {
			staticData: saved === undefined ? undefined : (JSON.parse(saved) as IDataObject),
			budgetMs: plan.budgetMs,
		});
		return {
			poll: async (mode) => toBatch(await trigger.poll('trigger', mode)),
			save: () => JSON.stringify(trigger.save()),
			get isChanged() {
				return JSON.stringify(trigger.save()) !== saved;
			},
		};
	};
}

function toBatch(items: IDataObject[] | null): Batch | null {
	if (items === null) return null;
	const records = getRecords(items);
	return items.map(({ eventId }, i) => ({
		eventId: String(eventId),
		team: TEAM_HOST,
		record: records[i] ?? {},
	}));
}

/** Replaces a fault that takes real time by a similar one that takes none, or a second after a 429. */
function withoutWait(fault: InjectedFault): InjectedFault {
	if (fault.type === 'hang') return resetInBody();
	return fault.name === 'rate limited' ? rateLimited({ 'retry-after': '0' }) : fault;
}

function formatRequest({ path, query }: RecordedRequest, fault: NetworkFault | undefined): string {
	return `${path} ${JSON.stringify(query)}${formatFault(fault)}`;
}
