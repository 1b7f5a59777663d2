import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { FACTS } from '../../../scripts/probe/facts.mts';

it('the OpenAPI document names each fact of a probe once, and no other', () => {
	const url = new URL('../../../docs/openapi/celonis-audit-log.yaml', import.meta.url);
	const named = collect(parse(readFileSync(url, 'utf8')));
	expect(named.sort()).toEqual(FACTS.map(({ id }) => id).sort());
});

/** All facts that a document names, at any depth. */
function collect(value: unknown): string[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		key === 'x-probe' ? (inner as string[]) : collect(inner),
	);
}
