import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { recordGenerator } from '../../celonis/records.mts';
import { auditLog, assignEventIds, parseRecord, type LogRecord } from './costParts';

const script = join(__dirname, 'cost.mts');

afterEach(() => {
	jest.restoreAllMocks();
});

describe('the work on an event', () => {
	// Measured: 1.8 to 2.3 times. A busy machine and a hasty collector of garbage are allowed for.
	it('costs a few times the parsing of its JSON at the most', async () => {
		const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
		const { records, parsingMs, shares } = JSON.parse(stdout) as {
			records: number;
			parsingMs: number;
			shares: Record<string, number>;
		};
		const lines = Object.entries(shares).map(([step, share]) => `  ${step}: ${share.toFixed(2)}`);
		const perRecord = ((parsingMs * 1000) / records).toFixed(1);
		process.stderr.write(
			`Work on ${records} records, as a share of JSON.parse (${perRecord} µs each):\n${lines.join('\n')}\n`,
		);
		expect(shares.all).toBeLessThan(4);
	}, 120_000);

	it('hashes each record once, and little more than its content', () => {
		const makeRecord = recordGenerator();
		const raws = Array.from({ length: 2000 }, (_, i) => makeRecord(1_750_000_000_000 + i));
		const hashing = jest.spyOn(crypto, 'hash');
		const hashingInSteps = jest.spyOn(crypto, 'createHash');

		const events = assignEventIds(
			raws.map((raw) => parseRecord(raw) as LogRecord),
			auditLog.identityFields,
		);

		expect(events).toHaveLength(raws.length);
		expect(hashing).toHaveBeenCalledTimes(raws.length);
		expect(hashingInSteps).not.toHaveBeenCalled();
		const bytes = hashing.mock.calls.reduce((sum, [, data]) => sum + Buffer.byteLength(data), 0);
		const sentBytes = Buffer.byteLength(raws.map((raw) => JSON.stringify(raw)).join(''));
		expect(bytes / sentBytes).toBeLessThan(0.85);
	});
});
