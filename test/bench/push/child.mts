/** One push in a separate process, so that its memory can be measured. */
import { once } from 'node:events';
import { createRecordGenerator } from '../../celonis/records.mts';
import { Engine } from '../engine.mts';
import { measure } from '../measure.mts';
import { createPushWorkflow } from '../workflows.mts';
import { MEASURE, type PushFigures, type PushJob } from './job.mts';

async function push(job: PushJob): Promise<PushFigures> {
	const engine = await Engine.open(job.installation, job.team);
	const workflow = createPushWorkflow(job.dataPoolId, job.chunkMegabytes);
	await engine.run(workflow, createItems(10));
	const heapBefore = getLiveBytes();
	const items = createItems(job.rows);
	const before = getLiveBytes();
	const itemBytes = before - heapBefore;
	let peakLiveBytes = before;
	const measureLiveBytes = (message: unknown) => {
		if (message === MEASURE) peakLiveBytes = Math.max(peakLiveBytes, getLiveBytes());
	};
	process.on('message', measureLiveBytes);
	const { durationMs, peakBytes } = await measure(async () => await engine.run(workflow, items));
	return { ms: durationMs, peakBytes, itemBytes, liveBytes: peakLiveBytes - before };
}

/** Memory in use after garbage collection, buffers included. */
function getLiveBytes(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function createItems(count: number) {
	const makeRecord = createRecordGenerator(1);
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
