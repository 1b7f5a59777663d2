import { isOutcomeUnknown } from '../../errors/carriedOut';
import { CelonisError, getDefinition, formatMessage } from '../../errors/celonisError';
import type { JobState, PushJobs } from './jobs';
import { extractErrorMessage } from '../../http/errorMessage';

/** How a job is waited for. */
export interface JobWait {
	/** Waits; rejects when the execution was cancelled. */
	readonly sleep: (ms: number) => Promise<void>;
	/** Epoch milliseconds of this machine: only differences count. */
	readonly now: () => number;
	/** How long a submitted job may take. */
	readonly timeoutMs: number;
}

const MAX_JOBS = 3;
const MAX_SUBMISSIONS = 3;
const INITIAL_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;
const MAX_LOG_LINES = 5;

const NEW: JobState = { status: 'NEW', logs: [] };
const QUEUED: JobState = { status: 'QUEUED', logs: [] };

/**
 * Creates a job, fills it, submits it and waits until it is done; gives its id. No row gets into
 * the table twice: a job whose content is not certain is thrown away and another one is filled, and
 * one whose submission is not certain is looked at before it is submitted again.
 */
export async function runJob(
	jobs: PushJobs,
	job: object,
	chunks: () => Iterable<string>,
	waiting: JobWait,
): Promise<string> {
	const id = await filledJob(jobs, job, chunks, waiting);
	let state = NEW;
	try {
		await submit(jobs, id, waiting);
		state = QUEUED;
		state = await ended(jobs, id, waiting, (seen) => (state = seen));
	} catch (error) {
		const isCut = error instanceof CelonisError && error.details.code === 'cancelled';
		throw isCut ? unfinished(id, state) : error;
	}
	if (state.status === 'DONE') return id;
	const code = state.status === 'ERROR' ? 'jobFailed' : 'jobCanceled';
	const last = state.logs.slice(-MAX_LOG_LINES).join(' ');
	throw new CelonisError({ code, job: `job ${id}`, detail: extractErrorMessage(last) });
}

async function filledJob(
	jobs: PushJobs,
	job: object,
	chunks: () => Iterable<string>,
	{ sleep }: JobWait,
): Promise<string> {
	for (let attempt = 1; ; attempt++) {
		const id = await jobs.create(job);
		try {
			for (const chunk of chunks()) await jobs.addChunk(id, chunk);
			return id;
		} catch (error) {
			await jobs.remove(id).catch(() => undefined);
			if (!isUncertain(error) || attempt === MAX_JOBS) return await Promise.reject(error);
			await sleep(pauseAfter(attempt));
		}
	}
}

const pauseAfter = (attempt: number) => INITIAL_DELAY_MS * 4 ** attempt;

async function submit(jobs: PushJobs, id: string, { sleep }: JobWait): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await jobs.submit(id);
			return;
		} catch (error) {
			if (attempt === 1 && !isUncertain(error)) return await Promise.reject(error);
			const { status } = await jobs.getState(id).catch(unseen(id, NEW));
			if (status !== 'NEW') return;
			if (attempt === MAX_SUBMISSIONS) return await Promise.reject(error);
			await sleep(pauseAfter(attempt));
		}
	}
}

/** A passing fault ends nothing: the job goes on whether it is looked at or not. */
async function ended(
	jobs: PushJobs,
	id: string,
	{ sleep, now, timeoutMs }: JobWait,
	see: (state: JobState) => void,
): Promise<JobState> {
	const giveUpAtMs = now() + timeoutMs;
	let state = QUEUED;
	for (let pauseMs = INITIAL_DELAY_MS; ; pauseMs = Math.min(MAX_DELAY_MS, pauseMs * 1.5)) {
		const before = state;
		state = await jobs
			.getState(id)
			.catch((error: unknown) =>
				isPassing(error) && now() < giveUpAtMs ? before : unseen(id, before)(error),
			);
		if (['DONE', 'ERROR', 'CANCELED'].includes(state.status)) return state;
		see(state);
		if (now() >= giveUpAtMs) throw unfinished(id, state);
		await sleep(Math.min(pauseMs, Math.max(1, giveUpAtMs - now())));
	}
}

function unfinished(id: string, { status }: JobState, reason?: string): CelonisError {
	const job = `job ${id} is ${status}`;
	return new CelonisError({
		code: 'jobUnfinished',
		job: reason === undefined ? job : `job ${id} was ${status}; then: ${reason}`,
	});
}

/** Makes of what a look at a job met: the job may be carried out all the same. */
function unseen(id: string, before: JobState): (error: unknown) => Promise<never> {
	return async (error) => {
		if (!(error instanceof CelonisError)) return await Promise.reject(error);
		const reason = formatMessage({ ...error.details, api: 'dataPush' });
		return await Promise.reject(unfinished(id, before, reason));
	};
}

function isPassing(error: unknown): boolean {
	return error instanceof CelonisError && getDefinition(error.details).retry !== 'never';
}

function isUncertain(error: unknown): boolean {
	return error instanceof CelonisError && isOutcomeUnknown(error.details.code);
}
