/** One run in a process of its own: gets its job from who started it, and sends back what it measured. */
import { once } from 'node:events';
import { readBare, readTexts, recordsIn } from './bareLoops.mts';
import type { Candidate } from './candidates.mts';
import { Engine } from './engine.mts';
import { httpClient } from './httpClients.mts';
import type { Job, LogWindow } from './job.mts';
import { measure } from './measure.mts';
import { pollAll } from './pollAll.mts';
import { workflowOf } from './workflows.mts';

type Read = (window: LogWindow) => Promise<readonly unknown[]>;

async function result(job: Job): Promise<unknown> {
	switch (job.kind) {
		case 'read':
			return await measureReading(job, await readerOf(job.contestant, job));
		case 'parse':
			return await measureParsing(job);
		case 'trigger':
			return await pollAll(await Engine.open(job.installation, job.log), job);
	}
}

async function readerOf(contestant: Candidate, { installation, log }: Job): Promise<Read> {
	const { kind, client = 'fetch', api, concurrency } = contestant;
	if (kind === 'bare' || kind === 'bareInN8n') {
		const get = httpClient(client, log, installation);
		return async (window) => await readBare(get, api, window, concurrency);
	}
	const engine = await Engine.open(installation, log);
	return async (window) => await engine.run(workflowOf(contestant, window, log));
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

async function measureParsing({ log, installation, warmUp, window }: Job) {
	const get = httpClient('fetch', log, installation);
	for (const text of await readTexts(get, warmUp)) recordsIn(text);
	const texts = await readTexts(get, window);
	return await measure(async () => {
		const records: unknown[] = [];
		for (const text of texts) for (const record of recordsIn(text)) records.push(record);
		return records;
	});
}

const [job] = (await once(process, 'message')) as [Job];
const outcome = await result(job).then(
	(value) => ({ result: value }),
	(error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : error }),
);
process.send?.(outcome, () => process.exit());
