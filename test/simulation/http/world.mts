import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { rateLimited, resetInBody } from '../../celonis/faults/index.mts';
import type { Fault } from '../../celonis/faults/faultInjector.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import { seededRandom } from '../../celonis/random.mts';
import { openTeam, getRecords, grantFullAccess } from '../../integration/n8n/team.mts';
import { loadWorkflow } from '../../integration/n8n/n8nHarness.mts';
import type { Traffic } from '../celonis/exchange.mts';
import { describeFault, NetworkFaults, type NetworkFault } from '../celonis/networkFaults.mts';
import type { Batch } from '../history.mts';
import type { Activate } from '../n8n/activation.mts';
import type { Plan } from '../plan/plan.mts';
import { createLog, type World } from '../run.mts';
import { VirtualTime } from '../time.mts';

/**
 * The whole trigger in n8n's own poll context, and Celonis behind real HTTP. Both clocks are the
 * run's; n8n's is told by `Date.now` and `performance.now`, and pauses before a retry are as short as chance allows.
 */
export async function worldOverHttp(plan: Plan): Promise<World> {
	const time = new VirtualTime(plan.beginMs, plan.skewMs);
	jest.spyOn(Date, 'now').mockImplementation(time.hostNow);
	jest.spyOn(performance, 'now').mockImplementation(time.hostNow);
	jest.spyOn(Math, 'random').mockReturnValue(0);

	const { behaviour, tokenLifeSeconds } = plan.server;
	const isAudit = plan.sourceName === 'auditLog';
	const team = await openTeam({
		...(isAudit ? { log: createLog(plan) } : { logins: { log: createLog(plan) } }),
		clock: time.server,
		behaviour: { ...behaviour, rateLimit: undefined },
		tokenLifeSeconds,
		seed: plan.seed,
	});
	grantFullAccess(team);
	const { celonis, n8n } = team;
	const network = new NetworkFaults(seededRandom(plan.seed + 1), plan.network);
	const traffic: Traffic = { requests: 0, faults: 0, lines: [] };
	celonis.faults.decide = (request) => {
		traffic.requests++;
		const mishap = network.faultAt(request.at, () => request);
		if (mishap) traffic.faults++;
		traffic.lines?.push(describe(request, mishap));
		if (mishap !== 'tokensExpire') return mishap && withoutWaiting(mishap);
		celonis.tokens.expireAll();
		return undefined;
	};

	const activate: Activate = ({ settings, processId, saved }) => {
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
		// What the node keeps in memory goes by the node's id.
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
	return {
		time,
		activate,
		traffic,
		beforePoll: () => network.beforePoll(time.server.now()),
		heal: () => {
			network.heal();
			celonis.behaviour.pageTimeMs = 0;
		},
	};
}

function toBatch(items: IDataObject[] | null): Batch | null {
	if (items === null) return null;
	const records = getRecords(items);
	return items.map(({ eventId }, i) => ({ eventId: String(eventId), record: records[i] ?? {} }));
}

/** Faults that only pass with time, in a form for which nobody has to wait. */
function withoutWaiting(fault: Fault): Fault {
	if (fault.type === 'hang') return resetInBody();
	return fault.name === 'rate limited' ? rateLimited({ 'retry-after': '0' }) : fault;
}

function describe({ path, query }: RecordedRequest, mishap: NetworkFault | undefined): string {
	return `${path} ${JSON.stringify(query)}${describeFault(mishap)}`;
}
