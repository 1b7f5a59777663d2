import fc from 'fast-check';
import { formatHint, formatMessage } from '../../../nodes/Celonis/errors/celonisError';
import { buildAuthorization } from '../../../nodes/Celonis/http/authKey';
import { extractErrorMessage } from '../../../nodes/Celonis/http/errorMessage';
import { classifyFailure } from '../../../nodes/Celonis/http/failureClassification';
import { parseRateLimitDelay } from '../../../nodes/Celonis/http/rateLimit';
import { parseTeamOrigin } from '../../../nodes/Celonis/http/teamUrl';
import { check } from './check.mts';
import type { Properties } from './check.mts';
import * as inputs from '../inputs.mts';

/** Addresses, keys, headers and errors. */
export const httpProperties: Properties = {
	'team URLs: https, or http to this machine': fc.property(
		inputs.joinedTexts(
			'https://',
			'http://',
			'team.eu-1.celonis.cloud',
			'localhost',
			'127.0.0.1',
			'@',
			':',
			'/',
			'\\',
			'?',
			'#',
			'[::1]',
			' ',
		),
		(value) => {
			const origin = parseTeamOrigin(value);
			if (origin === undefined) return;
			const text = value.trim();
			const url = new URL(/^https?:/i.test(text) ? text : `https://${text}`);
			check(new URL(origin).origin === url.origin, `${origin} is not the origin of ${value}`);
			const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
			check(url.protocol === 'https:' || isLoopback, `${origin} is not secure`);
			check(url.username === '' && url.password === '', `${value} names a user`);
		},
	),

	keys: fc.property(
		fc.constantFrom('appKey' as const, 'apiKey' as const),
		inputs.joinedTexts('AppKey', 'Bearer', 'Authorization:', ' ', '\n', 'c2VjcmV0'),
		(keyType, pasted) => {
			const header = buildAuthorization(keyType, pasted);
			check(/^(AppKey|Bearer) \S|^(AppKey|Bearer) $/.test(header), header.slice(0, 100));
		},
	),

	'rate limits': fc.property(inputs.headers, (headers) => {
		const waitMs = parseRateLimitDelay({
			status: 429,
			headers,
			body: '',
			sentAtMs: 0,
			durationMs: 1,
		});
		check(waitMs === undefined || (Number.isFinite(waitMs) && waitMs >= 0), `wait ${waitMs}`);
	}),

	'error messages: a short line without secrets': fc.property(
		inputs.bodyTexts,
		fc.stringMatching(/^[A-Za-z0-9]{8,40}$/),
		fc.constantFrom('detail', 'message', 'error', 'title', 'reference'),
		fc.boolean(),
		(text, secret, field, isObject) => {
			const words = `${text} ${secret} ${text}`;
			const body = isObject ? { [field]: words } : words;
			const line = extractErrorMessage(body, [secret]);
			check(line === undefined || line.length <= 400, `${line?.length} characters`);
			check(!line?.includes(secret), 'a secret is shown');
		},
	),

	'failed requests: a CelonisError': fc.property(
		fc.oneof(
			fc.anything(),
			fc.record(
				{
					code: fc.oneof(fc.string(), fc.constantFrom('ECONNRESET', 'ESTATUS', 'Z_BUF_ERROR')),
					status: fc.integer({ min: 100, max: 599 }),
					body: inputs.jsonValues,
					message: fc.string(),
					cause: fc.anything(),
					response: fc.oneof(
						fc.anything(),
						fc.record({ status: fc.integer({ min: 100, max: 599 }), data: inputs.jsonValues }),
					),
				},
				{ requiredKeys: [] },
			),
		),
		(thrown) => {
			const { details } = classifyFailure('auditLog', thrown);
			const page = details.page && 'page';
			const message = formatMessage({ ...details, page });
			check(!/[{}]|undefined/.test(message), message);
			check(formatHint(details).length > 10, 'no hint');
		},
	),
};
