import type { IDataObject, IWorkflowBase, WorkflowActivateMode } from 'n8n-workflow';
import type { ActiveTrigger, N8nHarness } from './n8nHarness.mts';

/** A published workflow whose trigger n8n polls, over several starts of n8n. */
export interface PublishedTrigger {
	/** The first poll of an activation, which n8n runs itself. If it fails, n8n polls no more. */
	activate(mode: WorkflowActivateMode): Promise<IDataObject[] | null>;
	/** A poll by the schedule. If it fails, there is a failed execution. */
	poll(): Promise<IDataObject[] | null>;
}

/** n8n's budget of a poll that its durable engine schedules. */
const JOB_BUDGET_MS = 36_000;

/** One context and one state for all polls of an activation. What delivers nothing is not saved. */
class InMemoryTrigger implements PublishedTrigger {
	#active?: { readonly trigger: ActiveTrigger; readonly mode: WorkflowActivateMode };
	#saved: IDataObject = {};

	constructor(
		private readonly n8n: N8nHarness,
		private readonly workflow: IWorkflowBase,
	) {}

	async activate(mode: WorkflowActivateMode) {
		const trigger = this.n8n.activate(this.workflow, { staticData: structuredClone(this.#saved) });
		const items = await trigger.poll('trigger', mode);
		this.#active = { trigger, mode };
		this.#saved = trigger.save();
		return items;
	}

	async poll() {
		if (!this.#active) throw new Error('The workflow is not active');
		const { trigger, mode } = this.#active;
		const items = await trigger.poll('trigger', mode);
		if (items) this.#saved = trigger.save();
		return items;
	}
}

/** A context and a copy of the state for each poll. An activation that delivers nothing is not saved. */
class DurableTrigger implements PublishedTrigger {
	#saved: IDataObject = {};

	constructor(
		private readonly n8n: N8nHarness,
		private readonly workflow: IWorkflowBase,
	) {}

	async activate(mode: WorkflowActivateMode) {
		const trigger = this.#open();
		const items = await trigger.poll('trigger', mode);
		if (items) this.#saved = trigger.save();
		return items;
	}

	async poll() {
		const trigger = this.#open(JOB_BUDGET_MS);
		const items = await trigger.poll('trigger', 'update');
		this.#saved = trigger.save();
		return items;
	}

	#open(budgetMs?: number): ActiveTrigger {
		const staticData = structuredClone(this.#saved);
		return this.n8n.activate(this.workflow, { staticData, durableCursors: true, budgetMs });
	}
}

/** n8n's two poll engines. */
export const ENGINES = { 'in-memory': InMemoryTrigger, durable: DurableTrigger } as const;
