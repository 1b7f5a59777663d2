import { describe, expect, it } from '@jest/globals';
import { MappedIndex } from '../schemas/elasticsearch/mappedIndex.mts';
import { composeIndex, loadIndexTemplate } from '../schemas/elasticsearch/template.mts';
import { findRowProblems, loadRule } from '../schemas/sentinel.mts';
import { createAuditDocuments } from '../unit/siem/documents.mts';
import { indexAll } from '../unit/siem/indexAll.mts';

describe('every documented event with every quirk of records', () => {
	it('is accepted by the index template for Elasticsearch, in few fields', () => {
		const index = new MappedIndex(composeIndex(loadIndexTemplate()));
		const { refused } = indexAll(createAuditDocuments('ecs', 1), index);
		expect(refused).toEqual([]);
		expect(index.fieldCount).toBeLessThan(200);
	});

	it('is a row for Microsoft Sentinel that loses no attribute', () => {
		const [{ columns }] = Object.values(loadRule().properties.streamDeclarations) as [
			{ columns: Parameters<typeof findRowProblems>[1] },
		];
		const problems: string[] = [];
		for (const [name, document] of createAuditDocuments('ocsf', 1)) {
			problems.push(...findRowProblems(document, columns).map((text) => `${name}: ${text}`));
		}
		expect(problems).toEqual([]);
	});
});
