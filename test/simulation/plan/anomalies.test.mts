import { describe, expect, it } from '@jest/globals';
import { mayDateBeAhead } from './anomalies.mts';
import { drawPlan } from './drawPlan.mts';
import { TIMESTAMP_FORMS } from '../../celonis/timestampForms.mts';

const plans = Array.from({ length: 600 }, (_, seed) => drawPlan(seed + 1));

/** The anomalies that the profiles name, without their numbers. */
const kinds = new Set(
	plans.flatMap(({ profile }) => profile.split(', ').map((part) => part.replace(/-?\d+/g, 'N'))),
);

describe('the anomalies of a plan', () => {
	it.each([
		'Date N min in N %',
		'Date N min in N of N',
		'Date N min at first',
		'Date missing in N of N',
		'Date doubled in N of N',
		'Date invalid in N %',
		'server set back N min',
		'varying records',
		'ids zero',
		'ids ofObject',
		'ids appear',
		'long numbers',
		'unreadable records',
		'number tokens',
		'empty as nullContent',
		'empty as onlyCount',
		'odd answers',
		'down at activation',
		'totals: pages',
		'totals: records as text',
		'totals: nothing',
		'totals: too few',
		'totals: too many',
		'page tokens expire with N',
		'pages of at most N',
		'page size ignored',
		'page size not sent',
		'short dates',
		...Object.keys(TIMESTAMP_FORMS).map((form) => `timestamps: ${form}`),
		'hang above N records',
		'gatewayTimeout above N records',
		'N teams',
	])('include %s', (kind) => {
		expect(kinds).toContain(kind);
	});

	it('are in at least half of the seeds, and in far from all', () => {
		const { length } = plans.filter(({ anomalies }) => {
			const { date, setBack, records, responses, server, otherTeams } = anomalies;
			const { hasVaryingForms, ids, hasLongNumbers, unreadable } = records;
			const { rate, outageRate, downAtActivationRate, behaviour } = responses;
			return (
				[date, setBack, hasVaryingForms, ids, hasLongNumbers, unreadable].some(Boolean) ||
				[rate, outageRate, downAtActivationRate, otherTeams.length].some((n) => n > 0) ||
				Object.keys({ ...behaviour, ...server }).length > 0
			);
		});
		expect(length / plans.length).toBeGreaterThan(0.5);
		expect(length / plans.length).toBeLessThan(0.8);
	});

	it('let no other clock be ahead where the Date header may be', () => {
		const ahead = plans.filter(({ anomalies }) => mayDateBeAhead(anomalies));
		expect(ahead.length).toBeGreaterThan(0);
		for (const { skewMs, emissions } of ahead) {
			expect(skewMs).toBeLessThanOrEqual(0);
			expect(emissions.every((each) => each.visibleFromMs >= each.timestampMs)).toBe(true);
		}
	});
});
