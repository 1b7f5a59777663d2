/** One push in a process of its own, so that its memory is its own. */
import { once } from 'node:events';
import { recordGenerator } from '../../celonis/records.mts';
import { Engine } from '../engine.mts';
import { measure } from '../measure.mts';
import { pushWorkflow } from '../workflows.mts';
import type { PushFigures, PushJob } from './job.mts';

async function push(job: PushJob): Promise<PushFigures> {
	const engine = await Engine.open(job.installation, job.team);
	const workflow = pushWorkflow(job.dataPoolId, job.chunkMegabytes);
	await engine.run(workflow, itemsOf(10));
	globalThis.gc?.();
	const heapBefore = process.memoryUsage().heapUsed;
	const items = itemsOf(job.rows);
	globalThis.gc?.();
	const itemBytes = process.memoryUsage().heapUsed - heapBefore;
	const { ms, peakBytes } = await measure(async () => await engine.run(workflow, items));
	return { ms, peakBytes, itemBytes };
}

function itemsOf(count: number) {
	const makeRecord = recordGenerator(1);
	return Array.from({ length: count }, (_, index) => ({
		json: {
			message: null,
			ipAddress: null,
			port: null,
			diffPayload: null,
			...makeRecord(Date.UTC(2026, 0, 1) + index * 1000),
			eventId: `event-${index}`,
		},
	}));
}

const [job] = (await once(process, 'message')) as [PushJob];
const outcome = await push(job).then(
	(value) => ({ result: value }),
	(error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : error }),
);
process.send?.(outcome, () => process.exit());
