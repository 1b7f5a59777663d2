import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { createStatus, Watchdog } from './watchdog.mts';

const WORKFLOW = { id: 'w1', name: 'New events', active: true };

/** An execution as n8n's API lists it: its ID, its status, and how many minutes after 8:00 UTC it ended. */
function createExecution(
	id: number,
	status: string,
	minute: number,
	workflowId = WORKFLOW.id,
): IDataObject {
	const stoppedAt = new Date(Date.UTC(2026, 5, 1, 8, minute)).toISOString();
	const finished = status === 'success';
	return { id: String(id), finished, status, startedAt: stoppedAt, stoppedAt, workflowId };
}

const failed = (id: number, minute = id) => createExecution(id, 'error', minute);
const succeeded = (id: number, minute = id) => createExecution(id, 'success', minute);

/** The workflow whose logs are well. */
class WorkflowWatchdog extends Watchdog {
	/** Checks the newest executions, in any order. */
	async check(
		executions: readonly IDataObject[],
		workflows: readonly IDataObject[] = [WORKFLOW],
		isSent = true,
	): Promise<string[]> {
		return await this.run({ input: [createStatus(), ...executions], workflows }, { isSent });
	}
}

const RED = '🔴 Workflow "New events"';
const GREEN = '🟢 Workflow "New events"';

describe('the watchdog of workflows', () => {
	it('reports failed executions once, and that one has succeeded', async () => {
		const watchdog = new WorkflowWatchdog();
		const all = [succeeded(1)];
		expect(await watchdog.check(all)).toEqual([]);
		all.push(failed(2), failed(3));
		expect(await watchdog.check(all)).toEqual([
			`${RED}: 2 failed executions, the last at 2026-06-01 10:03`,
		]);
		expect(await watchdog.check(all)).toEqual([]);
		all.push(failed(4), failed(5));
		expect(await watchdog.check(all)).toEqual([]);
		all.push(failed(6), succeeded(7));
		expect(await watchdog.check(all)).toEqual([
			`${GREEN}: succeeded at 2026-06-01 10:07 after 3 more failed`,
		]);
		expect(await watchdog.check(all)).toEqual([]);
	});

	it('reports failures that were followed by a success, with it', async () => {
		const watchdog = new WorkflowWatchdog();
		await watchdog.check([]);
		const all = [failed(1), succeeded(2)];
		expect(await watchdog.check(all)).toEqual([
			`${RED}: 1 failed execution, the last at 2026-06-01 10:01`,
			`${GREEN}: succeeded at 2026-06-01 10:02`,
		]);
		expect(await watchdog.check(all)).toEqual([]);
	});

	it('reports failures after a success that no check has seen', async () => {
		const watchdog = new WorkflowWatchdog();
		expect(await watchdog.check([failed(1)])).toHaveLength(1);
		const all = [failed(1), succeeded(2), failed(3)];
		expect(await watchdog.check(all)).toEqual([
			`${RED}: 1 failed execution, the last at 2026-06-01 10:03`,
		]);
		expect(await watchdog.check([...all, succeeded(4)])).toEqual([
			`${GREEN}: succeeded at 2026-06-01 10:04`,
		]);
	});

	it('begins with the failures since the last success', async () => {
		const old = [failed(1), succeeded(2)];
		expect(await new WorkflowWatchdog().check(old)).toEqual([]);
		expect(await new WorkflowWatchdog().check([...old, failed(3)])).toEqual([
			`${RED}: 1 failed execution, the last at 2026-06-01 10:03`,
		]);
	});

	it('sees a failure of an execution that began before others and ended after them', async () => {
		const watchdog = new WorkflowWatchdog();
		expect(await watchdog.check([succeeded(2, 20)])).toEqual([]);
		// By a worker whose clock is behind.
		expect(await watchdog.check([succeeded(2, 20), failed(1, 19)])).toEqual([
			`${RED}: 1 failed execution, the last at 2026-06-01 10:19`,
			`${GREEN}: succeeded at 2026-06-01 10:20`,
		]);
	});

	it('counts crashed executions, and neither cancelled nor running ones', async () => {
		const watchdog = new WorkflowWatchdog();
		const running = { ...createExecution(3, 'running', 3), stoppedAt: null };
		const others = [createExecution(1, 'canceled', 1), createExecution(2, 'waiting', 2), running];
		expect(await watchdog.check(others)).toEqual([]);
		const crashed = { ...createExecution(4, 'crashed', 4), stoppedAt: null };
		expect(await watchdog.check([...others, crashed])).toEqual([
			`${RED}: 1 failed execution, the last at 2026-06-01 10:04`,
		]);
	});

	it('understands executions without a status', async () => {
		const watchdog = new WorkflowWatchdog();
		const withoutStatus = (execution: IDataObject) => ({ ...execution, status: undefined });
		await watchdog.check([]);
		expect(await watchdog.check([failed(1), succeeded(2)].map(withoutStatus))).toHaveLength(2);
	});

	it('says that there may be more failures than one page has', async () => {
		const watchdog = new WorkflowWatchdog();
		await watchdog.check([succeeded(1, 0)]);
		const page = Array.from({ length: 250 }, (_, index) => failed(300 + index, 1));
		expect(await watchdog.check(page)).toEqual([
			`${RED}: at least 250 failed executions, the last at 2026-06-01 10:01`,
		]);
		// Older failures come back into the page where newer executions are deleted.
		const older = [...page.slice(1, 200), ...page.slice(0, 1), failed(299, 1), failed(298, 1)];
		expect(await watchdog.check([...older, succeeded(600, 2)])).toEqual([
			`${GREEN}: succeeded at 2026-06-01 10:02`,
		]);
	});

	it('reports nothing because n8n deletes old executions', async () => {
		const watchdog = new WorkflowWatchdog();
		expect(await watchdog.check([failed(1)])).toHaveLength(1);
		expect(await watchdog.check([])).toEqual([]);
		expect(await watchdog.check([succeeded(2)])).toEqual([
			`${GREEN}: succeeded at 2026-06-01 10:02`,
		]);
	});

	it('keeps workflows apart, also those of the same name', async () => {
		const watchdog = new WorkflowWatchdog();
		const workflows = [WORKFLOW, { ...WORKFLOW, id: 'w2' }];
		await watchdog.check([], workflows);
		const first = failed(1);
		const second = createExecution(2, 'error', 2, 'w2');
		expect(await watchdog.check([first], workflows)).toHaveLength(1);
		expect(await watchdog.check([first, second], workflows)).toHaveLength(1);
		expect(await watchdog.check([first, second], workflows)).toEqual([]);
		expect(await watchdog.check([first, second, succeeded(3)], workflows)).toEqual([
			`${GREEN}: succeeded at 2026-06-01 10:03`,
		]);
	});

	it('repeats what could not be sent, with what has failed since', async () => {
		const watchdog = new WorkflowWatchdog();
		await watchdog.check([]);
		const lines = [`${RED}: 1 failed execution, the last at 2026-06-01 10:01`];
		expect(await watchdog.check([failed(1)], [WORKFLOW], false)).toEqual(lines);
		expect(await watchdog.check([failed(1), failed(2)])).toEqual([
			`${RED}: 2 failed executions, the last at 2026-06-01 10:02`,
		]);
		expect(await watchdog.check([failed(1), failed(2)])).toEqual([]);
	});

	it('reports a workflow that is not published', async () => {
		const watchdog = new WorkflowWatchdog();
		const inactive = [{ ...WORKFLOW, active: false }];
		expect(await watchdog.check([], inactive)).toEqual([
			`${RED}: is not published, so it does not run`,
		]);
		expect(await watchdog.check([], inactive)).toEqual([]);
		expect(await watchdog.check([])).toEqual([`${GREEN}: is published again`]);
		expect(await watchdog.check([], [{ ...WORKFLOW, active: false, isArchived: true }])).toEqual([
			expect.stringContaining('no workflow has the tag'),
		]);
	});
});

describe('without the n8n API, the watchdog', () => {
	const hint =
		'Check the n8n API credential of "Watched workflows" and "Executions", or delete both nodes.';

	it.each<[string, IDataObject[], IDataObject[], string]>([
		['fails to list workflows', [{ error: 'The API is down' }], [], 'The API is down'],
		['fails altogether', [{ error: 'Forbidden' }], [{ error: 'Forbidden' }], 'Forbidden'],
		['fails to list executions', [WORKFLOW], [{ error: 'Forbidden' }], 'Forbidden'],
		// n8n hands on the input of a node that has no credential.
		[
			'has no credential',
			[{ timestamp: 'now' }],
			[{ timestamp: 'now' }],
			'a credential is missing',
		],
		['has none for workflows', [{ timestamp: 'now' }], [], 'a credential is missing'],
		['has none for executions', [WORKFLOW], [WORKFLOW], 'a credential is missing'],
	])('says so once, and goes on: %s', async (_name, workflows, output, reason) => {
		const watchdog = new WorkflowWatchdog();
		expect(await watchdog.check([failed(1)])).toHaveLength(1);
		expect(await watchdog.check(output, workflows)).toEqual([
			`🔴 Executions of n8n: ${reason}. ${hint}`,
		]);
		const unreadable = createStatus({ ok: false, error: 'Down', hint: 'Wait.' });
		const checks = { input: [unreadable, ...output], workflows };
		expect(await watchdog.run(checks)).toEqual([expect.stringContaining('🔴 Audit log')]);
		expect(await watchdog.run(checks)).toEqual([]);
		expect(await watchdog.check([failed(1), failed(2)])).toEqual([
			'🟢 Audit log of acme.eu-1.celonis.cloud: can be read again',
			'🟢 Executions of n8n: can be read again',
		]);
		expect(await watchdog.check([failed(1), failed(2), succeeded(3)])).toEqual([
			`${GREEN}: succeeded at 2026-06-01 10:03 after 1 more failed`,
		]);
	});

	it('reads the executions of the other workflows if one fails', async () => {
		const watchdog = new WorkflowWatchdog();
		const workflows = [WORKFLOW, { ...WORKFLOW, id: 'w2', name: 'Other' }];
		await watchdog.check([], workflows);
		const lines = await watchdog.check([failed(1), { error: 'Timeout' }], workflows);
		expect(lines).toEqual([
			expect.stringContaining('🔴 Executions of n8n: Timeout.'),
			expect.stringContaining(RED),
		]);
	});

	it('says that no workflow has the tag', async () => {
		const watchdog = new WorkflowWatchdog();
		const none = ['🔴 Executions of n8n: no workflow has the tag of "Watched workflows"'];
		expect(await watchdog.check([], [])).toEqual(none);
		expect(await watchdog.check([], [])).toEqual([]);
		expect(await watchdog.check([])).toEqual([
			'🟢 Executions of n8n: there are workflows to watch',
		]);
	});
});
