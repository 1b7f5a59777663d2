import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CATALOGUE } from '../../../nodes/Celonis/sources/auditLog/catalogue.generated.ts';
import { LOGIN_TYPE_NAMES } from '../../../nodes/Celonis/sources/loginHistory/loginTypes.ts';
import { parseCondition, type Condition } from '../../../scripts/sigma/condition.mts';
import { parseTimespan } from '../../../scripts/sigma/correlate.mts';
import { findSelections, parseDetection } from '../../../scripts/sigma/expression.mts';
import { findEventNames } from '../../../scripts/sigma/page.mts';
import {
	detectionsFolder,
	isCorrelation,
	readRules,
	resolveRule,
	type CorrelationRule,
	type DetectionRule,
	type SigmaRule,
} from '../../../scripts/sigma/rules.mts';
import { FIELDS } from './fields.mts';
import { CORRELATION_SCHEMA, RULE_SCHEMA } from './sigmaSchema.mts';

const files = readRules();
const rules = files.map(({ rule }) => rule);
const documentedEvents = new Set<string>(Object.values<readonly string[]>(CATALOGUE).flat());

const ajv = new Ajv2020({ allErrors: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
const validateRule = ajv.compile(RULE_SCHEMA);
const validateCorrelation = ajv.compile(CORRELATION_SCHEMA);

/** What is wrong with the keys and values of a rule. */
function findSchemaErrors(rule: unknown): string[] {
	const validate = 'correlation' in (rule as object) ? validateCorrelation : validateRule;
	validate(rule);
	return (validate.errors ?? []).map(
		({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
	);
}

/** The names of selections that a condition refers to. */
function findUsed(condition: Condition, names: readonly string[]): string[] {
	if (condition.kind === 'not') return findUsed(condition.part, names);
	if (condition.kind === 'selections') return findSelections(condition.pattern, names);
	return condition.parts.flatMap((part) => findUsed(part, names));
}

/** The fields that a detection compares. */
function findFields({ condition: _condition, ...selections }: DetectionRule['detection']) {
	const maps = Object.values(selections).flat() as object[];
	return maps.flatMap((map) => Object.keys(map)).map((key) => key.split('|')[0]!);
}

const valid = files[0]!.rule;
const counting = rules
	.filter(isCorrelation)
	.find(({ correlation }) => correlation.type === 'event_count')!;

/** The order in which Sigma's own rules have their keys. */
const KEY_ORDER = [
	'title',
	'id',
	'name',
	'status',
	'description',
	'references',
	'author',
	'date',
	'tags',
	'logsource',
	'detection',
	'correlation',
	'fields',
	'falsepositives',
	'level',
] as const;

describe('all rules', () => {
	test('are between 12 and 20, in files named as Sigma demands', () => {
		const names = readdirSync(detectionsFolder);
		expect(files.length).toBeGreaterThanOrEqual(12);
		expect(files.length).toBeLessThanOrEqual(20);
		for (const name of names) {
			expect(name).toMatch(/^[a-z0-9_]+\.yml$/);
			expect(name.length).toBeGreaterThanOrEqual(10);
			expect(name.length).toBeLessThanOrEqual(70);
		}
	});

	test('have unique ids, titles and names', () => {
		for (const key of ['id', 'title', 'name'] as const) {
			const values = rules.map((rule) => rule[key]).filter((value) => value !== undefined);
			expect(new Set(values).size).toBe(values.length);
		}
	});

	test('are of every kind of log and of most levels', () => {
		const services = rules.map((rule) =>
			isCorrelation(rule) ? rule.correlation.type : rule.logsource.service,
		);
		expect(new Set(services)).toEqual(
			new Set(['audit', 'login', 'event_count', 'temporal_ordered']),
		);
		expect(new Set(rules.map(({ level }) => level))).toEqual(
			new Set(['informational', 'medium', 'high', 'critical']),
		);
	});
});

describe.each(files)('$file', ({ file, rule }) => {
	test('has the keys and values of the specification', () => {
		expect(findSchemaErrors(rule)).toEqual([]);
	});

	test('is indented by four spaces, with the keys in the usual order', () => {
		const text = readFileSync(join(detectionsFolder, file), 'utf8');
		const keys = [...text.matchAll(/^([a-z]+):/gm)].map(([, key]) => key);
		expect(keys).toEqual(KEY_ORDER.filter((key) => key in rule));
		for (const [indent] of text.matchAll(/^ +(?=\S)/gm)) expect(indent.length % 4).toBe(0);
		expect(text).not.toContain('\t');
	});

	test('is named by its product and log', () => {
		const prefix = isCorrelation(rule) ? 'mr_celonis_' : `celonis_${rule.logsource.service}_`;
		expect(file.startsWith(prefix)).toBe(true);
	});

	test('shows only fields that events have', () => {
		expect(rule.fields.filter((field) => !FIELDS.has(field))).toEqual([]);
	});

	test('says what it detects, and ATT&CK techniques with their tactics', () => {
		expect(rule.description).toMatch(/^Detects /);
		const isTechnique = (tag: string) => /^attack\.t\d/.test(tag);
		expect(rule.tags.some(isTechnique)).toBe(true);
		expect(rule.tags.some((tag) => !isTechnique(tag))).toBe(true);
	});
});

describe.each(files.filter(({ rule }) => !isCorrelation(rule)))(
	'the detection of $file',
	(each) => {
		const { detection, logsource } = each.rule as DetectionRule;
		const { condition, ...selections } = detection;
		const names = Object.keys(selections);

		test('has a valid condition that uses every selection', () => {
			const used = findUsed(parseCondition(condition), names);
			expect(new Set(used)).toEqual(new Set(names));
			expect(() => parseDetection(detection)).not.toThrow();
		});

		test('compares only fields that events have', () => {
			expect(findFields(detection).filter((field) => !FIELDS.has(field))).toEqual([]);
		});

		test('names events of the catalogue, exactly', () => {
			const documented =
				logsource.service === 'login' ? new Set<string>(LOGIN_TYPE_NAMES) : documentedEvents;
			const events = findEventNames(detection);
			expect(events.length).toBeGreaterThan(0);
			expect(events.filter((name) => !documented.has(name))).toEqual([]);
		});

		test('has single values on one line and lists of several', () => {
			const values = names.flatMap((name) => Object.values(selections[name] as object));
			for (const value of values.filter(Array.isArray)) expect(value.length).toBeGreaterThan(1);
		});
	},
);

describe.each(files.filter(({ rule }) => isCorrelation(rule)))(
	'the correlation of $file',
	(each) => {
		const rule = each.rule as CorrelationRule;

		test('refers to other rules by their names, which its description has', () => {
			for (const reference of rule.correlation.rules) {
				const other = resolveRule(reference, rules);
				expect(other).not.toBe(rule);
				expect(other.name).toBe(reference);
				expect(rule.description).toContain(reference);
			}
		});

		test('has a timespan, and fields that events have', () => {
			expect(parseTimespan(rule.correlation.timespan)).toBeGreaterThan(0);
			expect(rule.correlation['group-by'].filter((field) => !FIELDS.has(field))).toEqual([]);
		});
	},
);

describe('the schema rejects', () => {
	const changed = (change: object, rule: SigmaRule = valid) => ({
		...structuredClone(rule),
		...change,
	});
	const without = (key: string, rule: SigmaRule = valid) =>
		Object.fromEntries(Object.entries(rule).filter(([name]) => name !== key));

	test.each(Object.keys(valid))('a rule without %s', (key) => {
		expect(findSchemaErrors(without(key))).not.toEqual([]);
	});

	test.each([
		['a title that is too long', { title: 'a'.repeat(257) }],
		['an id that is no UUID', { id: 'celonis-1' }],
		['an unknown status', { status: 'final' }],
		['an unknown level', { level: 'severe' }],
		['a date in another form', { date: '2026/11/25' }],
		['a day that does not exist', { date: '2026-11-32' }],
		['a tag in capitals', { tags: ['attack.T1070'] }],
		['an unknown tactic', { tags: ['attack.evasion'] }],
		['a tag of no namespace', { tags: ['t1070'] }],
		[
			'a link to ATT&CK as a reference',
			{ references: ['https://attack.mitre.org/techniques/T1070'] },
		],
		['another product', { logsource: { product: 'windows', service: 'audit' } }],
		['a misspelt key', { falsepositive: ['Unknown'] }],
		['a detection without a condition', { detection: { selection: { event: 'A' } } }],
	])('%s', (_name, change) => {
		expect(findSchemaErrors(changed(change))).not.toEqual([]);
	});

	test.each([
		['an unknown type', { type: 'count' }],
		['a timespan without a unit', { timespan: '60' }],
		['an unknown comparison', { condition: { min: 3 } }],
		['a count without a condition', { condition: undefined }],
		['no rules', { rules: [] }],
		['no grouping', { 'group-by': undefined }],
		['an unknown key', { threshold: 3 }],
	])('a correlation with %s', (_name, change) => {
		const rule = changed({ correlation: { ...counting.correlation, ...change } }, counting);
		expect(findSchemaErrors(JSON.parse(JSON.stringify(rule)))).not.toEqual([]);
	});
});
