import { demoLogin } from './owner.mts';
import type { Provisioned } from './provision.mts';
import type { Team } from './team.mts';

/** The text when n8n is ready: its address, how to sign in, the first steps. */
export function formatWelcome(
	port: number,
	team: Team,
	{ signedIn, workflowNames }: Provisioned,
	logFile: string,
): string {
	const [list = '', trigger = '', push = ''] = workflowNames;
	const celonis = team.name
		? `the team ${team.url}`
		: `a simulated team at ${team.url}: a company with a year of history, whose days go on`;
	const login = signedIn
		? `${demoLogin.email}   password: ${demoLogin.password}`
		: 'your own account (it is not the demo account any more, so nothing was set up or changed)';
	const steps = [
		`1. Open the workflow "${list}" and press "Execute workflow".`,
		`2. Open "${trigger}" and press "Publish": it starts by itself every minute`,
		'   when something has happened. See its tab "Executions".',
		`3. Open "${push}" and press "Publish": what happens is brought into`,
		`   a table of a data pool. ${team.tablesUrl ? `See ${team.tablesUrl}` : 'Fill in your data pool first.'}`,
	];
	return [
		'',
		`n8n is ready:  http://localhost:${port}`,
		`  Sign in as:  ${login}`,
		`  Celonis is:  ${celonis}`,
		'',
		...(signedIn ? [...steps, ''] : []),
		`n8n's log is in ${logFile}. Press Ctrl-C to stop.`,
		'',
	].join('\n');
}
