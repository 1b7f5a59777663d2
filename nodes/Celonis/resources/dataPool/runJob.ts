import { isOutcomeUnknown } from '../../errors/catalog';
import {
	CelonisError,
	formatMessage,
	getDefinition,
	isCelonisError,
} from '../../errors/celonisError';
import { rethrow } from '../../errors/rethrow';
import type { Clock } from '../../http/clock';
import { extractErrorMessage } from '../../http/errorMessage';
import type { JobState, PushJobs } from './pushJobs';

/** How long to wait for a job, and on which clock. */
export interface JobRunOptions {
	readonly clock: Clock;
	/** How long a submitted job may take. */
	readonly timeoutMs: number;
}

const MAX_JOBS = 3;
const MAX_SUBMISSIONS = 3;
const INITIAL_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;
const RETRY_BACKOFF_FACTOR = 4;
const POLL_BACKOFF_FACTOR = 1.5;
const MAX_LOG_LINES = 5;

const NEW: JobState = { status: 'NEW', logs: [] };
const QUEUED: JobState = { status: 'QUEUED', logs: [] };
const FINAL_STATUSES: readonly string[] = ['DONE', 'ERROR', 'CANCELED'];

/**
 * Creates a job, fills it, submits it, waits until it is done, and returns its ID. No row is added
 * twice: if it is unknown whether a chunk was added, the job is deleted and another one is filled; if
 * it is unknown whether a job was submitted, its state is checked before it is submitted again.
 */
export async function runJob(
	jobs: PushJobs,
	request: object,
	createChunks: () => Iterable<string>,
	options: JobRunOptions,
): Promise<string> {
	const id = await fillJob(jobs, request, createChunks, options);
	let state = NEW;
	try {
		await submitJob(jobs, id, options);
		state = QUEUED;
		state = await pollUntilFinished(jobs, id, options, (current) => (state = current));
	} catch (error) {
		const isCancelled = isCelonisError(error) && error.details.code === 'cancelled';
		throw rethrow(isCancelled ? createUnfinishedError(id, state) : error);
	}
	if (state.status === 'DONE') return id;
	const code = state.status === 'ERROR' ? 'jobFailed' : 'jobCanceled';
	const lastLogLines = state.logs.slice(-MAX_LOG_LINES).join(' ');
	throw new CelonisError(code, { job: `job ${id}`, detail: extractErrorMessage(lastLogLines) });
}

/** Creates a job with all chunks in it, and returns its ID. */
async function fillJob(
	jobs: PushJobs,
	request: object,
	createChunks: () => Iterable<string>,
	{ clock }: JobRunOptions,
): Promise<string> {
	for (let attempt = 1; ; attempt++) {
		const id = await jobs.create(request);
		try {
			for (const chunk of createChunks()) await jobs.addChunk(id, chunk);
			return id;
		} catch (error) {
			await jobs.remove(id).catch(() => undefined);
			if (!hasUnknownOutcome(error) || attempt === MAX_JOBS) throw rethrow(error);
			await clock.sleep(getRetryDelayMs(attempt));
		}
	}
}

async function submitJob(jobs: PushJobs, id: string, { clock }: JobRunOptions): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await jobs.submit(id);
			return;
		} catch (error) {
			if (attempt === 1 && !hasUnknownOutcome(error)) throw rethrow(error);
			const { status } = await jobs.getState(id).catch(wrapUnknownState(id, NEW));
			if (status !== 'NEW') return;
			if (attempt === MAX_SUBMISSIONS) throw rethrow(error);
			await clock.sleep(getRetryDelayMs(attempt));
		}
	}
}

/** Polls the state of a job. Transient errors are ignored: they do not affect the job. */
async function pollUntilFinished(
	jobs: PushJobs,
	id: string,
	{ clock, timeoutMs }: JobRunOptions,
	onState: (state: JobState) => void,
): Promise<JobState> {
	const deadlineMs = clock.now() + timeoutMs;
	let state = QUEUED;
	for (let delayMs = INITIAL_DELAY_MS; ; delayMs = getNextDelayMs(delayMs)) {
		const lastState = state;
		state = await jobs.getState(id).catch((error: unknown) => {
			const isIgnored = isTransient(error) && clock.now() < deadlineMs;
			return isIgnored ? lastState : wrapUnknownState(id, lastState)(error);
		});
		if (FINAL_STATUSES.includes(state.status)) return state;
		onState(state);
		if (clock.now() >= deadlineMs) throw createUnfinishedError(id, state);
		await clock.sleep(Math.min(delayMs, Math.max(1, deadlineMs - clock.now())));
	}
}

function getRetryDelayMs(attempt: number): number {
	return INITIAL_DELAY_MS * RETRY_BACKOFF_FACTOR ** attempt;
}

function getNextDelayMs(delayMs: number): number {
	return Math.min(MAX_DELAY_MS, delayMs * POLL_BACKOFF_FACTOR);
}

function createUnfinishedError(id: string, { status }: JobState, reason?: string): CelonisError {
	const job = `job ${id} is ${status}`;
	return new CelonisError('jobUnfinished', {
		job: reason === undefined ? job : `job ${id} was ${status}; then: ${reason}`,
	});
}

/** Wraps an error of fetching a job's state, because Celonis may still complete the job. */
function wrapUnknownState(id: string, lastState: JobState): (error: unknown) => never {
	return (error) => {
		if (!isCelonisError(error)) return rethrow(error);
		throw createUnfinishedError(id, lastState, formatMessage(error.details));
	};
}

function isTransient(error: unknown): boolean {
	return isCelonisError(error) && getDefinition(error.details).retry !== 'never';
}

function hasUnknownOutcome(error: unknown): boolean {
	return isCelonisError(error) && isOutcomeUnknown(error.details.code);
}
