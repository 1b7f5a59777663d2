import { describe, expect, it } from '@jest/globals';
import { parseRateLimitDelay } from '../../../nodes/Celonis/http/rateLimit';

const DATE = 'Mon, 01 Jun 2026 08:00:00 GMT';
const SERVER_S = Date.parse(DATE) / 1000;

const parseDelay = (headers: Record<string, unknown>) =>
	parseRateLimitDelay({
		status: 429,
		headers: { date: DATE, ...headers },
		body: '',
		durationMs: 0,
	});

describe('parseRateLimitDelay', () => {
	it.each([
		[{ 'x-ratelimit-reset': '30' }, 30_000],
		[{ 'x-ratelimit-reset': '0' }, 0],
		[{ 'x-ratelimit-reset': '1.5' }, 1_500],
		[{ 'x-ratelimit-reset': String(SERVER_S + 41) }, 41_000],
		[{ 'x-ratelimit-reset': String((SERVER_S + 41) * 1000) }, 41_000],
		[{ 'x-ratelimit-reset': '2026-06-01T08:00:41Z' }, 41_000],
		[{ 'x-ratelimit-reset': 'Mon, 01 Jun 2026 08:00:41 GMT' }, 41_000],
		[{ 'x-ratelimit-reset': '2026-06-01T07:59:00Z' }, 0],
		[{ 'retry-after': '7', 'x-ratelimit-reset': '30' }, 7_000],
		[{ 'retry-after': 'Mon, 01 Jun 2026 08:00:07 GMT' }, 7_000],
	])('understands %p', (headers, delayMs) => {
		expect(parseDelay(headers)).toBe(delayMs);
	});

	it.each([{}, { 'x-ratelimit-reset': '' }, { 'x-ratelimit-reset': 'soon' }])(
		'is undefined for %p',
		(headers) => {
			expect(parseDelay(headers)).toBeUndefined();
		},
	);

	it("is undefined for a date-time without the server's clock", () => {
		expect(
			parseDelay({ date: undefined, 'x-ratelimit-reset': '2026-06-01T08:00:41Z' }),
		).toBeUndefined();
	});
});
