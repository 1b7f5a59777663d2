import { describe, expect, it } from '@jest/globals';
import { EcsFlat } from '@elastic/ecs';
import { MappedIndex } from '../../schemas/elasticsearch/mappedIndex.mts';
import {
	composeIndex,
	isFor,
	loadIndexTemplate,
	loadPipeline,
} from '../../schemas/elasticsearch/template.mts';
import { createAuditDocuments, createLoginDocuments } from './documents.mts';
import { indexAll } from './indexAll.mts';

const template = loadIndexTemplate();
const definition = composeIndex(template);
const documents = {
	audit: [...createAuditDocuments('ecs')],
	login: [...createLoginDocuments('ecs')],
};

/** Priority of Elastic's template for `logs-*-*`. */
const BUILT_IN_PRIORITY = 100;

const ECS_TYPES: Readonly<Record<string, { readonly type: string }>> = EcsFlat;

/** A document with every ECS field that events of Celonis may have, whether the nodes write it yet. */
const allFields = {
	'@timestamp': '2026-02-02T14:52:10.903Z',
	event: { severity: 47, id: 'id-1', reason: 'r', original: 'x'.repeat(100_000) },
	organization: { id: 't-1', name: 'acme.eu-1.celonis.cloud' },
	url: { domain: 'acme.eu-1.celonis.cloud' },
	destination: { port: 443, domain: 'acme.eu-1.celonis.cloud' },
	related: { hosts: ['acme.eu-1.celonis.cloud'], ip: ['2001:db8::7'], user: ['u'] },
	entity: { id: 'e', name: 'E', type: 'Data Pool', target: { id: 't', name: 'T', type: 'Key' } },
	user: {
		changes: { name: 'new', roles: ['ADMIN'], group: { id: 'g', name: 'G' } },
		target: { group: { id: 'g', name: 'Analysts' }, roles: ['ADMIN'] },
	},
	package: { name: 'P', version: '1.2.0' },
	file: { name: 'export.csv', extension: 'csv', size: 12, path: '/a' },
};

const indexed = {
	audit: indexAll(documents.audit, new MappedIndex(definition)),
	login: indexAll(documents.login, new MappedIndex(definition)),
};

describe('the index template for Elasticsearch', () => {
	it('comes before the template for all logs, for both data streams and no other', () => {
		const streams = ['logs-celonis.audit-default', 'logs-celonis.login-default'];
		expect(streams.every((name) => isFor(template, name))).toBe(true);
		expect(isFor(template, 'logs-other.audit-default')).toBe(false);
		expect(template.priority).toBeGreaterThan(BUILT_IN_PRIORITY);
		expect(template.data_stream).toEqual({});
		expect(template.template.mappings.date_detection).toBe(false);
		expect(template.composed_of).toEqual(
			expect.arrayContaining(['logs@mappings', 'logs@settings', 'ecs@mappings']),
		);
	});

	it.each(['audit', 'login'] as const)('accepts every %s event, in few fields', (log) => {
		const { index: full, refused, ignored } = indexed[log];
		expect(refused).toEqual([]);
		expect(full.fieldCount).toBeLessThan(200);
		// Only long texts are not searchable; the record has them.
		for (const path of ignored) expect(['keyword', 'flattened']).toContain(full.types.get(path));
		expect(full.types.get('celonis')).toBe('flattened');
	});

	it('maps every field as ECS defines it', () => {
		const { index: full } = indexed.audit;
		expect(full.parse(allFields)).toEqual({ ignored: [] });
		const own = ['celonis', 'data_stream.type', 'data_stream.dataset', 'data_stream.namespace'];
		const types = [...full.types].filter(([path]) => !own.includes(path));
		expect(types.length).toBeGreaterThan(60);
		expect(types.map(([path, type]) => `${path}: ${type}`)).toEqual(
			types.map(([path]) => `${path}: ${ECS_TYPES[path]?.type}`),
		);
	});

	it('is needed: with the built-in templates alone, documents are refused', () => {
		const builtIn = composeIndex({
			...template,
			template: {
				...template.template,
				mappings: { date_detection: false, properties: {} },
			},
		});
		const { refused } = indexAll(documents.audit, new MappedIndex(builtIn));
		expect(refused.join('\n')).toContain('failed to parse field [celonis.message]');
		expect(refused.join('\n')).toContain('immense term');
	});

	it('gives way to new fields of a later version: beyond the limit they are only stored', () => {
		const full = new MappedIndex({ ...definition, maxFields: 150 });
		const fields = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, 'x']));
		const { refusal, ignored } = full.parse({ '@timestamp': '2026-02-02T14:52:10Z', ...fields });
		expect(refusal).toBeUndefined();
		expect(ignored.length).toBeGreaterThan(100);
		expect(full.fieldCount).toBe(150);
	});
});

describe('the ingest pipeline for Elasticsearch', () => {
	it('is the one of the template, and sets the time of arrival and a missing ID', () => {
		expect(template.template.settings.index.default_pipeline).toBe('logs-celonis@pipeline');
		expect(loadPipeline().processors.map((processor) => Object.values(processor)[0])).toEqual([
			expect.objectContaining({ field: 'event.ingested' }),
			expect.objectContaining({ field: '_id', copy_from: 'event.id', override: false }),
			expect.objectContaining({ name: 'logs-celonis@custom', ignore_missing_pipeline: true }),
		]);
	});
});
