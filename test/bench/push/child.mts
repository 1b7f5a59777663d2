/** One push in a process of its own, so that its memory is its own. */
import { once } from 'node:events';
import { recordGenerator } from '../../celonis/records.mts';
import { Engine } from '../engine.mts';
import { measure } from '../measure.mts';
import { pushWorkflow } from '../workflows.mts';
import { LOOK, type PushFigures, type PushJob } from './job.mts';

async function push(job: PushJob): Promise<PushFigures> {
	const engine = await Engine.open(job.installation, job.team);
	const workflow = pushWorkflow(job.dataPoolId, job.chunkMegabytes);
	await engine.run(workflow, itemsOf(10));
	const heapBefore = alive();
	const items = itemsOf(job.rows);
	const before = alive();
	const itemBytes = before - heapBefore;
	let most = before;
	const look = (message: unknown) => {
		if (message === LOOK) most = Math.max(most, alive());
	};
	process.on('message', look);
	const { ms, peakBytes } = await measure(async () => await engine.run(workflow, items));
	return { ms, peakBytes, itemBytes, liveBytes: most - before };
}

/** Memory in use after a collection of garbage, buffers included. */
function alive(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
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
