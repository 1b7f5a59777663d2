/** The Sigma rules of this repository, as their files have them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../n8n/paths.mts';

export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;

export type Level = (typeof LEVELS)[number];

interface SigmaDocument {
	readonly title: string;
	readonly id: string;
	/** By which correlations refer to the rule. */
	readonly name?: string;
	readonly status: string;
	readonly description: string;
	readonly references: readonly string[];
	readonly author: string;
	readonly date: string;
	readonly tags: readonly string[];
	readonly fields: readonly string[];
	readonly falsepositives: readonly string[];
	readonly level: Level;
}

/** The selections by name, and the condition that combines them. */
export interface Detection {
	readonly condition: string;
	readonly [selection: string]: unknown;
}

/** A rule for single events. */
export interface DetectionRule extends SigmaDocument {
	readonly logsource: { readonly product: string; readonly service: string };
	readonly detection: Detection;
}

export interface Correlation {
	readonly type: string;
	/** Names or ids of other rules. */
	readonly rules: readonly string[];
	readonly 'group-by': readonly string[];
	/** A number and a unit: s, m, h or d. */
	readonly timespan: string;
	readonly condition?: Readonly<Record<string, number>>;
}

/** A rule for several events that other rules match. */
export interface CorrelationRule extends SigmaDocument {
	readonly correlation: Correlation;
}

export type SigmaRule = DetectionRule | CorrelationRule;

export interface RuleFile {
	/** Without its folder. */
	readonly file: string;
	readonly rule: SigmaRule;
}

export const detectionsFolder = join(packageRoot, 'detections');

/** All rules, in the order of their files' names. */
export function readRules(folder = detectionsFolder): RuleFile[] {
	return readdirSync(folder)
		.sort()
		.map((file) => ({
			file,
			rule: parse(readFileSync(join(folder, file), 'utf8')) as SigmaRule,
		}));
}

export function isCorrelation(rule: SigmaRule): rule is CorrelationRule {
	return 'correlation' in rule;
}

/** Finds a rule by its name or id. */
export function resolveRule(reference: string, rules: readonly SigmaRule[]): SigmaRule {
	const found = rules.find(({ name, id }) => name === reference || id === reference);
	if (!found) throw new Error(`No rule is called ${reference}`);
	return found;
}

/** The log that a rule needs. For a correlation, it is that of the first rule it refers to. */
export function getService(rule: SigmaRule, rules: readonly SigmaRule[]): string {
	if (!isCorrelation(rule)) return rule.logsource.service;
	return getService(resolveRule(rule.correlation.rules[0] ?? '', rules), rules);
}
