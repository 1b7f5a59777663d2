import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
	getWorkflowPath,
	listWorkflows,
	renderWorkflow,
} from '../../../scripts/generate-examples.mts';

describe.each(listWorkflows())(
	'`npm run examples` has been run after the last change: %s',
	(file) => {
		test('the workflow has the code of its source files', () => {
			const workflow = readFileSync(getWorkflowPath(file), 'utf8');
			const isSame = renderWorkflow(file, workflow) === workflow;
			expect(isSame).toBe(true);
		});

		test('the code needs nothing of its former version', () => {
			const workflow = readFileSync(getWorkflowPath(file), 'utf8');
			const emptied = workflow.replace(/"jsCode": ".*"/g, '"jsCode": ""');
			expect(renderWorkflow(file, emptied) === workflow).toBe(true);
		});
	},
);
