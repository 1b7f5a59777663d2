import { beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { findMatches } from '../../../scripts/sigma/correlate.mts';
import { compileRule } from '../../../scripts/sigma/evaluate.mts';
import { getService, readRules } from '../../../scripts/sigma/rules.mts';
import { selectAlertRules } from '../../../scripts/sigma/workflowCode.mts';
import { readExample } from '../../../scripts/n8n/workflows.mts';
import { HOUR_MS, SECOND_MS } from '../../support/durations.mts';
import { NOW_MS, toIso } from '../n8n/runNode.mts';
import { CASES, type Cases, type TimedRecord } from './cases.mts';
import { createQuietLogins, createQuietWeek } from './quietWeek.mts';
import { MAX_AGE_MS, readThroughNode, type LogName } from './readLogs.mts';
import { runCode } from './runCode.mts';

const files = readRules();
const rules = files.map(({ rule }) => rule);

interface Situation {
	readonly file: string;
	readonly log: LogName;
	readonly name: string;
	readonly isMatch: boolean;
	readonly startMs: number;
	readonly records: readonly TimedRecord[];
}

/** Longer than any case, and than any timespan of a rule. */
const SLOT_MS = 3 * HOUR_MS;

/** Every case in a time of its own, so that one log can hold all of them. */
const situations: Situation[] = Object.entries(CASES)
	.flatMap(([file, { matches, ignores }]) => [
		...describeCases(file, matches, true),
		...describeCases(file, ignores, false),
	])
	.map((situation, index) => ({
		...situation,
		startMs: NOW_MS - MAX_AGE_MS + (index + 1) * SLOT_MS,
	}));

function describeCases(file: string, cases: Cases, isMatch: boolean) {
	const { rule } = files.find((each) => each.file === file)!;
	const log: LogName = getService(rule, rules) === 'login' ? 'login' : 'audit';
	return Object.entries(cases).map(([name, records]) => ({ file, log, name, isMatch, records }));
}

function toRecords(log: LogName): IDataObject[] {
	return situations
		.filter((situation) => situation.log === log)
		.flatMap(({ startMs, records }) =>
			records.map(({ atS, record }) => ({
				...record,
				timestamp: toIso(startMs + atS * SECOND_MS),
			})),
		);
}

const events: Record<LogName, IDataObject[]> = { audit: [], login: [] };

beforeAll(async () => {
	events.audit = await readThroughNode('audit', toRecords('audit'));
	events.login = await readThroughNode('login', toRecords('login'));
});

const getEvents = ({ log, startMs }: Situation) =>
	events[log].filter(({ timestamp }) => {
		const offsetMs = Date.parse(String(timestamp)) - startMs;
		return offsetMs >= 0 && offsetMs < SLOT_MS;
	});

test('every rule has events for which it matches, and events for which it does not', () => {
	expect(Object.keys(CASES).sort()).toEqual(files.map(({ file }) => file));
	for (const { matches, ignores } of Object.values(CASES)) {
		expect(Object.keys(matches)).not.toEqual([]);
		expect(Object.keys(ignores)).not.toEqual([]);
	}
	for (const { startMs } of situations) expect(startMs + SLOT_MS).toBeLessThan(NOW_MS);
});

test.each(files)('$file matches what it should, and nothing else', ({ file, rule }) => {
	const own = situations.filter((situation) => situation.file === file);
	const getNames = (some: readonly Situation[]) => some.map(({ name }) => name);
	for (const situation of own) {
		expect(getEvents(situation)).toHaveLength(situation.records.length);
	}

	const matching = own.filter((each) => findMatches(rule, getEvents(each), rules).length > 0);

	expect(getNames(matching)).toEqual(getNames(own.filter(({ isMatch }) => isMatch)));
});

const readCode = async (): Promise<string> => {
	const { nodes } = await readExample('detections.json');
	return String(nodes.find(({ name }) => name === 'Rules')!.parameters.jsCode);
};

/** The alerts of the rules that the workflow applies. */
function findAlerts(items: readonly IDataObject[]): object[] {
	const alertRules = selectAlertRules(files).map((rule) => ({ rule, matches: compileRule(rule) }));
	return items.flatMap((event) =>
		alertRules
			.filter(({ matches }) => matches(event))
			.map(({ rule: { title, level } }) => ({ title, level, eventId: event.eventId })),
	);
}

test.each(['audit', 'login'] as const)(
	'the example workflow alerts for the same events: %s',
	async (log) => {
		const alerts = runCode(await readCode(), events[log]);

		const expected = findAlerts(events[log]);
		expect(alerts.map(({ title, level, eventId }) => ({ title, level, eventId }))).toEqual(
			expected,
		);
		expect(expected.length).toBeGreaterThan(2);
	},
);

describe('a quiet week', () => {
	const startMs = Date.parse('2026-05-18T00:00:00Z');
	const week: Record<LogName, IDataObject[]> = { audit: [], login: [] };

	beforeAll(async () => {
		week.audit = await readThroughNode('audit', createQuietWeek(startMs, 300));
		week.login = await readThroughNode('login', createQuietLogins(startMs, 100));
	});

	test('has events of all kinds', () => {
		expect(week.audit).toHaveLength(2100);
		expect(week.login).toHaveLength(700);
		expect(new Set(week.audit.map(({ event }) => event)).size).toBeGreaterThan(200);
	});

	test.each(files)('$file', ({ rule }) => {
		const found = findMatches(rule, week[getService(rule, rules) as LogName], rules);

		if (['high', 'critical'].includes(rule.level)) expect(found).toEqual([]);
		if (rule.level === 'informational') expect(found.length).toBeGreaterThan(10);
	});

	test('has some alerts of level medium, the same in the example workflow', async () => {
		const alerts = runCode(await readCode(), [...week.audit, ...week.login]);

		expect(new Set(alerts.map(({ level }) => level))).toEqual(new Set(['medium']));
		expect(alerts).toHaveLength(findAlerts([...week.audit, ...week.login]).length);
	});
});
