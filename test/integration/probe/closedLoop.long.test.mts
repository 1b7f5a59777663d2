import { describe, expect, it } from '@jest/globals';
import { closeLoop } from './closedLoop.mts';

const TEAMS = 40;

describe('a simulator like a reported team', () => {
	it.each(Array.from({ length: TEAMS }, (_, i) => i + 1))(
		'gives the same report: drawn team %i',
		async (seed) => {
			const { first, second, unsimulated } = await closeLoop(seed);
			expect(first.end).toBe('complete');
			expect(unsimulated).toEqual([]);
			expect(second).toEqual(first);
		},
	);

	it('differs in at least as many facts as are drawn', async () => {
		const reports = await Promise.all(
			Array.from({ length: TEAMS }, async (_, i) => (await closeLoop(i + 1)).first),
		);
		const drawn = new Set(
			reports.flatMap(({ findings }) =>
				findings.flatMap((finding) =>
					finding.verdict === 'not seen' ? [] : [`${finding.id} ${JSON.stringify(finding.seen)}`],
				),
			),
		);
		// The facts of a team that behaves as assumed are about 80.
		expect(drawn.size).toBeGreaterThan(240);
		const rare = [
			'v2.dateWithoutZone "not UTC"',
			'http.contentTypes ["json","html"]',
			'schema.access "ok"',
			'schema.version2 "no"',
		];
		expect(rare.filter((each) => !drawn.has(each))).toEqual([]);
	});
});
