import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Items from '../../nodes/Celonis/output/items';
import type * as EventIds from '../../nodes/Celonis/records/eventId';
import type * as Records from '../../nodes/Celonis/records/record';
import type { auditLog as AuditLogSource } from '../../nodes/Celonis/sources/auditLog';
import type { Collect } from './bareLoops.mts';
import type { Installation, LogAddress } from './job.mts';

/**
 * Makes the items of a slice from its records, by the functions of the built package: what the design
 * requires for each event, and nothing else. No node can do less.
 */
export function createItemCollector({ celonis }: Installation, { url }: LogAddress): Collect {
	const require = createRequire(join(celonis, 'dist', 'nodes', 'Celonis', 'index.js'));
	const { auditLog } = require('./sources/auditLog') as { auditLog: typeof AuditLogSource };
	const { parseRecord } = require('./records/record') as typeof Records;
	const { createEventIdAssigner } = require('./records/eventId') as typeof EventIds;
	const { formatEvent } = require('./output/items') as typeof Items;
	const scope = { ...auditLog, team: new URL(url).host };
	const settings = { format: auditLog.formatters.event };
	return () => {
		const assigner = createEventIdAssigner(scope);
		return {
			add: (records) => assigner.add(records.map((record) => parseRecord(record, 0))),
			finish: () =>
				assigner
					.events()
					.map((event) => ({ json: formatEvent(event, settings), pairedItem: { item: 0 } })),
		};
	};
}
