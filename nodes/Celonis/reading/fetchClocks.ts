import { CelonisError } from '../errors/celonisError';
import type { ClockReading } from './clockReading';
import type { EventLog } from './eventLog';

/** Reads the clocks by the smallest possible request. */
export async function fetchClocks({ api, pages }: EventLog): Promise<ClockReading> {
	for await (const { clocks } of pages({ window: {}, pageSize: 1 })) return clocks;
	throw new CelonisError('emptyResponse', { api });
}
