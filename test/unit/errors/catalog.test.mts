import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { formatHint, formatMessage } from '../../../nodes/Celonis/errors/celonisError';
import { APIS, interpolateApiTerms, type ApiName } from '../../../nodes/Celonis/errors/apis';
import { ERROR_CATALOG, type ErrorDefinition } from '../../../nodes/Celonis/errors/catalog';
import { faultsIn, README_PATH, renderFaults } from '../../../scripts/generate-troubleshooting.mts';

const rows = Object.entries<ErrorDefinition>(ERROR_CATALOG);

describe('the table of faults', () => {
	it('is what the README tells: `npm run troubleshooting` writes it there', () => {
		expect(cellsOf(faultsIn(readFileSync(README_PATH, 'utf8')))).toEqual(cellsOf(renderFaults()));
	});

	it.each(rows)('%s says what happened in a line, and what to do in sentences', (_kind, row) => {
		for (const api of Object.keys(APIS) as ApiName[]) {
			const title = interpolateApiTerms(api, row.message);
			const advice = interpolateApiTerms(api, row.hint);
			expect(title).toMatch(/^[A-Z]([^.]|\.(?! ))*[^. ]$/);
			expect(title.length).toBeLessThan(100);
			expect(advice).toMatch(/^[A-Z].+\S$/);
			expect(advice).not.toMatch(/[{}]/);
			expect(`${title} ${advice}`).not.toContain('|');
		}
	});
});

describe('what is told of a fault', () => {
	it('holds its facts', () => {
		expect(formatMessage({ code: 'unavailable', status: 503 })).toBe(
			'Celonis answered 503: the service is not available',
		);
		expect(formatHint({ code: 'rateLimited', retryAfterMs: 41_500, detail: 'Slow down' })).toMatch(
			/ Celonis asks to wait 42 seconds\. Celonis says: Slow down$/,
		);
	});
});

/** A Markdown table without its alignment. */
function cellsOf(table: string): string[][] {
	return table
		.split('\n')
		.map((line) => line.split('|').map((cell) => cell.trim().replace(/^-+$/, '-')));
}
