import { describe, expect, it } from '@jest/globals';
import { parseRateLimitDelay, parseRateLimitText } from '../../../nodes/Celonis/http/rateLimit';

const DATE = 'Mon, 01 Jun 2026 08:00:00 GMT';
const SERVER_S = Date.parse(DATE) / 1000;

const parseDelay = (headers: Record<string, unknown>) =>
	parseRateLimitDelay({
		status: 429,
		headers: { date: DATE, ...headers },
		body: '',
		sentAtMs: 0,
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

describe('parseRateLimitText', () => {
	const parseText = (text: string | undefined, date: string | undefined = DATE) =>
		parseRateLimitText(
			{
				status: 429,
				headers: { date },
				body: '',
				sentAtMs: SERVER_S * 1000 - 1000,
				durationMs: 1000,
			},
			text,
		);

	it.each([
		['You have sent too many requests. Please try again at 08:00:41 UTC.', 41_000],
		['Please try again at 08:00:00 UTC.', 0],
		['Please try again at 07:59:58 UTC.', 0],
		['Please try again at 09:00:00 GMT', 3_600_000],
		['Please try again at 00:10:00Z', 0],
	])('understands %p', (text, delayMs) => {
		expect(parseText(text)).toBe(delayMs);
	});

	it('understands a time after midnight', () => {
		const date = 'Mon, 01 Jun 2026 23:59:50 GMT';
		expect(parseText('try again at 00:00:10 UTC', date)).toBe(20_000);
	});

	it("falls back to this machine's clock", () => {
		expect(parseText('try again at 08:00:41 UTC', 'none')).toBe(41_000);
	});

	it.each([undefined, '', 'Please try again later', 'at 8 UTC', 'at 08:00:41'])(
		'is undefined for %p',
		(text) => {
			expect(parseText(text)).toBeUndefined();
		},
	);
});
