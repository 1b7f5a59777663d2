import { readFileSync } from 'node:fs';
import { describe, expect, it, jest } from '@jest/globals';
import { Celonis } from '../../../nodes/Celonis/Celonis.node';
import { CelonisTrigger } from '../../../nodes/Celonis/CelonisTrigger.node';
import { APIS, interpolateApiTerms, type ApiName } from '../../../nodes/Celonis/errors/apis';
import { ERROR_CATALOG, type ErrorDefinition } from '../../../nodes/Celonis/errors/catalog';
import type * as errors from '../../../nodes/Celonis/errors/celonisError';
import {
	CelonisError,
	formatHint,
	formatMessage,
	isCelonisError,
} from '../../../nodes/Celonis/errors/celonisError';
import { formatStatus } from '../../../nodes/Celonis/resources/events/status/format';
import { RequestMeter } from '../../../nodes/Celonis/resources/events/status/requestMeter';
import {
	renderTroubleshooting,
	TROUBLESHOOTING_PATH,
} from '../../../scripts/generate-troubleshooting.mts';

const definitions = Object.entries<ErrorDefinition>(ERROR_CATALOG);

describe('the error catalogue', () => {
	it('is documented: `npm run troubleshooting` generates the page', () => {
		expect(readFileSync(TROUBLESHOOTING_PATH, 'utf8')).toBe(renderTroubleshooting());
	});

	it.each(definitions)('has a one-line message and a hint in sentences for %s', (_code, row) => {
		for (const api of Object.keys(APIS) as ApiName[]) {
			const message = interpolateApiTerms(api, row.message);
			const hint = interpolateApiTerms(api, row.hint);
			expect(message).toMatch(/^[A-Zn]([^.]|\.(?! ))*[^. ]$/);
			expect(message.length).toBeLessThan(100);
			expect(hint).toMatch(/^[A-Z].+\.$/);
			expect(hint).not.toMatch(/[{}]/);
			expect(`${message} ${hint}`).not.toContain('|');
		}
	});
});

describe('a hint', () => {
	const parameters =
		/'(Concurrency|Enrich Actor|Lookback \(Minutes\)|From|Start Date|Keys)'|window/;

	it.each(['members', 'permissions'] as const)(
		'about %s names no parameter of other operations',
		(api) => {
			for (const [code, { hint }] of definitions) {
				if (code === 'jobFailed') continue;
				expect(interpolateApiTerms(api, hint)).not.toMatch(parameters);
			}
		},
	);

	it('names options as the editor does', () => {
		const hints = (Object.keys(APIS) as ApiName[]).flatMap((api) =>
			definitions.map(([, { hint }]) => interpolateApiTerms(api, hint)),
		);
		const named = hints.flatMap((hint) =>
			[...hint.matchAll(/'([^']+)'(?: to '\w+')? under Options/g)].map(([, name]) => name),
		);
		const options = [new Celonis(), new CelonisTrigger()]
			.flatMap(({ description }) => description.properties)
			.filter(({ name }) => name === 'options')
			.flatMap((property) => property.options ?? []);
		const displayNames = options.map((option) => 'displayName' in option && option.displayName);
		expect(named).toContain('Chunk Size (MB)');
		expect(displayNames).toEqual(expect.arrayContaining(named));
	});

	it('in a status names no parameter that Get Status does not have', () => {
		const error = new CelonisError('rateLimited', { api: 'auditLog' });
		const access = { auditLog: 'unknown', loginHistory: 'unknown', members: 'unknown' } as const;
		const meter = new RequestMeter(1);
		const status = { source: 'auditLog', apiVersion: 'v2', access, error, meter } as const;
		expect(formatStatus(status).hint).toMatch(
			/ Try again later, and check the status less often\.$/,
		);
		expect(formatHint(error.details)).toContain("'Concurrency'");
	});
});

describe('CelonisError', () => {
	it('demands the facts that its texts name', () => {
		new CelonisError('cancelled');
		new CelonisError('jobFailed', { job: 'job 1' });
		// @ts-expect-error A fact that the message names.
		new CelonisError('jobFailed');
		// @ts-expect-error The API whose terms the hint uses.
		new CelonisError('badRequest', { status: 400 });
	});

	it('is recognized even if another copy of the module created it', () => {
		jest.isolateModules(() => {
			const copy = jest.requireActual<typeof errors>('../../../nodes/Celonis/errors/celonisError');
			const error = new copy.CelonisError('cancelled');
			expect(error).not.toBeInstanceOf(CelonisError);
			expect(isCelonisError(error)).toBe(true);
		});
		expect(isCelonisError(new Error('cancelled'))).toBe(false);
	});

	it('has its facts in its texts', () => {
		const { details } = new CelonisError('unavailable', {
			status: 503,
			retryAfterMs: 41_500,
			detail: 'Slow down',
		});
		expect(formatMessage(details)).toContain('503');
		expect(formatHint(details)).toMatch(
			/ Celonis asks to wait 42 seconds\. Celonis says: Slow down$/,
		);
	});
});
