/** One run in a separate process: receives its job from its parent, and sends back the measurement. */
import { once } from 'node:events';
import { readWindow, readTexts, parseRecords } from './bareLoops.mts';
import type { Candidate } from './candidates.mts';
import { Engine } from './engine.mts';
import { createHttpClient } from './httpClients.mts';
import type { Job, LogWindow } from './job.mts';
import { measure } from './measure.mts';
import { pollAll } from './pollAll.mts';
import { profile } from './profile/profiler.mts';
import { createItemCollector } from './requiredWork.mts';
import { createWorkflow } from './workflows.mts';

type Read = (window: LogWindow) => Promise<readonly unknown[]>;

async function runJob(job: Job): Promise<unknown> {
	switch (job.kind) {
		case 'read':
			return await measureReading(job, await createReader(job.candidate, job));
		case 'profile':
			return await profileReading(job, await createReader(job.candidate, job));
		case 'parse':
			return await measureParsing(job);
		case 'trigger':
			return await pollAll(await Engine.open(job.installation, job.log), job);
	}
}

async function createReader(candidate: Candidate, { installation, log }: Job): Promise<Read> {
	const { kind, client = 'fetch', api, concurrency } = candidate;
	if (kind === 'bare' || kind === 'bareInN8n' || kind === 'requiredWork') {
		const get = createHttpClient(client, log, installation);
		const collect = kind === 'requiredWork' ? createItemCollector(installation, log) : undefined;
		return async (window) => await readWindow(get, api, window, concurrency, collect);
	}
	const engine = await Engine.open(installation, log);
	return async (window) => await engine.run(createWorkflow(candidate, window, log));
}

async function measureReading({ warmUp, window }: Job, read: Read) {
	for (const each of [warmUp, window]) {
		const expect = (events: number) => {
			if (events === each.events) return;
			throw new Error(`${events} events were read, and the log has ${each.events}`);
		};
		if (each === warmUp) expect((await read(each)).length);
		else {
			const measurement = await measure(async () => await read(each));
			expect(measurement.events);
			return measurement;
		}
	}
	throw new Error('Nothing was read');
}

async function profileReading({ warmUp, window }: Job, read: Read) {
	await read(warmUp);
	return await profile(async () => await read(window));
}

async function measureParsing({ log, installation, warmUp, window }: Job) {
	const get = createHttpClient('fetch', log, installation);
	for (const text of await readTexts(get, warmUp)) parseRecords(text);
	const texts = await readTexts(get, window);
	return await measure(async () => {
		const records: unknown[] = [];
		for (const text of texts) for (const record of parseRecords(text)) records.push(record);
		return records;
	});
}

const [job] = (await once(process, 'message')) as [Job];
const outcome = await runJob(job).then(
	(value) => ({ result: value }),
	(error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : error }),
);
process.send?.(outcome, () => process.exit());
