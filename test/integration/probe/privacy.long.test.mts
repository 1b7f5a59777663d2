import { expect, it } from '@jest/globals';
import { formatMarkdown } from '../../../scripts/probe/format.mts';
import { probeSimulator } from '../../support/probeTeam.mts';
import { listSecrets, openHostileTeam } from './hostileTeam.mts';
import { findLeaks } from './leaks.mts';

it('the report on a company with a year of history has none of its values', async () => {
	const simulator = await openHostileTeam('a company');
	const report = await probeSimulator(simulator, { watchMinutes: 5 });
	expect(report.end).toBe('complete');
	const secrets = listSecrets(simulator);
	expect(secrets.length).toBeGreaterThan(10_000);
	expect(findLeaks(JSON.stringify(report) + formatMarkdown(report), secrets)).toEqual([]);
	await simulator.close();
});
