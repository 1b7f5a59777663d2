import { describe, expect, it } from '@jest/globals';

import { omitFields } from '../support/omitFields.mts';
import { drawPlan } from './plan/drawPlan.mts';
import { toReportedServer } from './plan/reportedServer.mts';
import { runSeed } from './runSeed.mts';

const unsimulated: readonly string[] = [];

describe('a run with the server of a report', () => {
	const reported = toReportedServer({
		behaviour: { order: 'shuffled', fromBound: 'exclusive', dateHeader: 'missing', perList: {} },
		access: { tokenLifeSeconds: 60 },
		clockOffsetMs: 0,
		unsimulated,
	});

	it('has its traits in place of the drawn ones, and the same events', () => {
		for (let seed = 1; seed <= 5; seed++) {
			const plan = drawPlan(seed, 'inMemory', 'auditLog', reported);
			expect(plan.server).toMatchObject({ tokenLifeSeconds: 60, omitsNulls: false });
			expect(plan.anomalies.date).toMatchObject({ form: 'missing', affects: { every: 1 } });
			expect(omitFields({ ...plan.anomalies.server }, 'largeAnswers')).toEqual({});
			expect(plan.settings).toEqual(drawPlan(seed).settings);
		}
	});

	it('loses nothing and repeats nothing', async () => {
		for (const sourceName of ['auditLog', 'loginHistory'] as const) {
			for (let seed = 1; seed <= 1; seed++) {
				const { verdict, hasPassed } = await runSeed(seed, { sourceName, reported });
				expect({ seed, ...verdict, hasPassed }).toMatchObject({ seed, hasPassed: true });
			}
		}
	});

	it('fails where a server refuses every request of the trigger', async () => {
		const strict = toReportedServer({
			behaviour: { dateForm: [] },
			access: {},
			clockOffsetMs: 0,
			unsimulated,
		});
		expect((await runSeed(1, { reported: strict })).hasPassed).toBe(false);
	});
});
