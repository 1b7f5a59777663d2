import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../../../scripts/n8n/paths.mts';

export type Permissions = Record<string, string> | string;

export interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, unknown>;
	env?: Record<string, string>;
}

export interface Job {
	permissions?: Permissions;
	'timeout-minutes'?: number;
	steps: Step[];
}

export interface Workflow {
	on: {
		push?: { tags?: string[]; branches?: string[] };
		pull_request?: unknown;
		schedule?: Array<{ cron: string }>;
	};
	permissions?: Permissions;
	jobs: Record<string, Job>;
}

const folder = join(packageRoot, '.github', 'workflows');

/** The workflows of GitHub Actions with their text, by file name. */
export const workflows = new Map(
	readdirSync(folder).map((file) => {
		const text = readFileSync(join(folder, file), 'utf8');
		return [file, { text, ...(parse(text) as Workflow) }];
	}),
);

export function stepsOf({ jobs }: Workflow): Step[] {
	return Object.values(jobs).flatMap(({ steps }) => steps);
}
