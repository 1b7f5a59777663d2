import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PAGE_PATH, renderWorkflow, WORKFLOW_PATH } from '../../../scripts/generate-detections.mts';
import { renderPage } from '../../../scripts/sigma/page.mts';
import { readRules } from '../../../scripts/sigma/rules.mts';

const rules = readRules();

describe('`npm run detections` has been run after the last change of a rule', () => {
	test('for the page', () => {
		expect(readFileSync(PAGE_PATH, 'utf8')).toBe(renderPage(rules));
	});

	test('for the example workflow', () => {
		const workflow = readFileSync(WORKFLOW_PATH, 'utf8');
		expect(workflow).toBe(renderWorkflow(workflow));
		expect(workflow).toBe(renderWorkflow(workflow.replace(/"jsCode": ".*"/, '"jsCode": ""')));
	});
});

test('the page has each rule with its level, false positives and file', () => {
	const page = readFileSync(PAGE_PATH, 'utf8');
	for (const { file, rule } of rules) {
		const [, section = ''] = page.split(`\n## ${rule.title}\n`);
		const [own = ''] = section.split('\n## ');
		expect(own).toContain(`**Level**: ${rule.level}`);
		expect(own).toContain(`](../detections/${file})`);
		for (const falsePositive of rule.falsepositives) expect(own).toContain(falsePositive);
		for (const line of rule.description.trim().split('\n')) expect(own).toContain(line);
	}
});
