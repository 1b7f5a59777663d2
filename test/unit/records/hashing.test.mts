import crypto from 'node:crypto';
import { afterEach, expect, it, jest } from '@jest/globals';
import { assignEventIds } from '../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../nodes/Celonis/records/record';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { createRecordGenerator } from '../../celonis/records.mts';

afterEach(() => {
	jest.restoreAllMocks();
});

it('hashes each record once, and less than its JSON', () => {
	const makeRecord = createRecordGenerator();
	const raws = Array.from({ length: 2000 }, (_, i) => makeRecord(1_750_000_000_000 + i));
	const hash = jest.spyOn(crypto, 'hash');
	const createHash = jest.spyOn(crypto, 'createHash');

	const events = assignEventIds(
		raws.map((raw) => parseRecord(raw, 0)),
		{ ...auditLog, team: 'acme.eu-1.celonis.cloud' },
	);

	expect(events).toHaveLength(raws.length);
	expect(hash).toHaveBeenCalledTimes(raws.length);
	expect(createHash).not.toHaveBeenCalled();
	const hashedBytes = hash.mock.calls.reduce((sum, [, data]) => sum + Buffer.byteLength(data), 0);
	const sentBytes = Buffer.byteLength(raws.map((raw) => JSON.stringify(raw)).join(''));
	expect(hashedBytes / sentBytes).toBeLessThan(0.85);
});
