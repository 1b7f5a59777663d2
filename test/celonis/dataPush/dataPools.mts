import type { Clock } from '../clock.mts';
import type { Random } from '../random.mts';
import type { PushBehaviour } from './behaviour.mts';
import type { Row } from './chunk.mts';
import { selectColumns, JobFailure, parseChunk } from './chunk.mts';
import type { Column, JobRequest } from './jobRequest.mts';
import type { Table } from './table.mts';
import { applyRows } from './table.mts';

export type JobStatus = 'NEW' | 'QUEUED' | 'RUNNING' | 'DONE' | 'ERROR' | 'CANCELED';

export interface Job {
	readonly id: string;
	readonly request: JobRequest;
	readonly chunks: Uint8Array[];
	status: JobStatus;
	logs: string[];
	lastModified: number;
	submittedAt?: number;
	outcome?: JobOutcome;
}

/** How a job ends instead of being done. */
export type JobOutcome =
	| { status: 'ERROR' | 'CANCELED'; logs?: string[] }
	/** The job runs and never ends. */
	| { status: 'RUNNING' };

/** The data pools of a team: their push jobs, which take time, and their tables. */
export class DataPools {
	/** Jobs by id, in order of their creation. */
	readonly jobs = new Map<string, Job>();
	private readonly tables = new Map<string, Table>();
	private nextOutcomes: JobOutcome[] = [];

	constructor(
		readonly poolIds: readonly string[],
		readonly behaviour: PushBehaviour,
		private readonly clock: Clock,
		private readonly random: Random,
	) {}

	/** Sets how the next submitted job ends. */
	setNextOutcome(outcome: JobOutcome): void {
		this.nextOutcomes.push(outcome);
	}

	create(request: JobRequest): Job {
		const lastModified = this.clock.now();
		const id = this.random.uuid();
		const job: Job = { id, request, chunks: [], status: 'NEW', logs: [], lastModified };
		this.jobs.set(id, job);
		return job;
	}

	/** The job in its current state. */
	find(poolId: string, id: string): Job | undefined {
		this.settle();
		const job = this.jobs.get(id);
		return job?.request.dataPoolId === poolId ? job : undefined;
	}

	submit(job: Job): void {
		this.enter(job, 'QUEUED');
		job.submittedAt = this.clock.now();
		job.outcome = this.nextOutcomes.shift();
	}

	getTable(name: string, poolId = this.poolIds[0]!): Table | undefined {
		this.settle();
		return this.tables.get(`${poolId}/${name}`);
	}

	/** Every table with its data pool. */
	getTables(): Array<{ poolId: string; table: Table }> {
		this.settle();
		return [...this.tables].map(([position, table]) => ({
			poolId: position.split('/')[0]!,
			table,
		}));
	}

	/** Updates the submitted jobs to the current time, in the order in which they end. */
	private settle(): void {
		const now = this.clock.now();
		const { queueMs, runMs } = this.behaviour;
		for (const job of this.jobs.values()) {
			if (job.submittedAt === undefined || !['QUEUED', 'RUNNING'].includes(job.status)) continue;
			const waitedMs = now - job.submittedAt;
			if (waitedMs < queueMs) continue;
			if (waitedMs < queueMs + runMs || job.outcome?.status === 'RUNNING')
				this.enter(job, 'RUNNING');
			else this.finish(job);
		}
	}

	private finish(job: Job): void {
		if (job.outcome) {
			job.logs.push(...('logs' in job.outcome ? (job.outcome.logs ?? []) : []));
			this.enter(job, job.outcome.status);
			return;
		}
		try {
			this.execute(job);
			this.enter(job, 'DONE');
		} catch (error) {
			if (!(error instanceof JobFailure)) throw error;
			job.logs.push(...error.lines);
			this.enter(job, 'ERROR');
		}
		job.chunks.length = 0;
	}

	private execute({ request, chunks }: Job): void {
		if (chunks.length === 0) throw new JobFailure(['The job has no chunks.']);
		const rows: Row[] = [];
		let columns: readonly Column[] = [];
		for (const [index, chunk] of chunks.entries()) {
			const ofChunk = parseChunk(chunk, index + 1, request, this.behaviour);
			if (index === 0)
				columns = selectColumns(request, Object.keys(ofChunk[0] ?? {}), this.behaviour);
			for (const row of ofChunk) rows.push(row);
		}
		const position = `${request.dataPoolId}/${request.targetName}`;
		const surroundings = { behaviour: this.behaviour, now: this.clock.now() };
		const before = this.tables.get(position);
		this.tables.set(position, applyRows(before, request, columns, rows, surroundings));
	}

	private enter(job: Job, status: JobStatus): void {
		if (job.status === status) return;
		job.status = status;
		job.lastModified = this.clock.now();
		job.logs.push(`Job is ${status}.`);
	}
}
