import { demoLogin } from './owner.mts';
import type { Provisioned } from './provision.mts';
import type { Team } from './team.mts';
import { wrap } from './wrap.mts';

/** The text when n8n is ready: its address, how to sign in, the first steps. */
export function formatWelcome(
	port: number,
	team: Team,
	{ signedIn, workflowNames, problem }: Provisioned,
	logFile: string,
): string {
	const [list = '', trigger = '', push = ''] = workflowNames;
	const celonis = team.name
		? `the team ${team.url}`
		: `a simulated team at ${team.url}: a company with a year of history, whose log keeps growing`;
	const login = signedIn
		? `${demoLogin.email}   password: ${demoLogin.password}`
		: 'your own account (it is not the demo account any more, so nothing was set up or changed)';
	const table = team.tablesUrl ? `See ${team.tablesUrl}` : 'Fill in your data pool first.';
	const steps = [
		wrap(`Open the workflow "${list}" and press "Execute workflow".`, '1. '),
		wrap(
			`Open "${trigger}" and press "Publish": from then on, it runs within a minute after something has happened. See its tab "Executions".`,
			'2. ',
		),
		wrap(
			`Open "${push}" and press "Publish": each new event becomes a row in a table of a data pool. ${table}`,
			'3. ',
		),
	];
	return [
		'',
		`n8n is ready:  http://localhost:${port}`,
		wrap(login, '  Sign in as:  '),
		wrap(celonis, '  Celonis is:  '),
		...(problem ? [wrap(formatProblem(problem), '  Problem:     ')] : []),
		'',
		...(signedIn ? [...steps, ''] : []),
		wrap(`n8n's log is in ${logFile}. Press Ctrl-C to stop.`),
		'',
	].join('\n');
}

/** What n8n says of a credential that does not work. */
function formatProblem(message: string): string {
	return UNREACHABLE.test(message)
		? `the team cannot be reached from here (${message}). The workflows fail until it can.`
		: `the credential does not work: ${message}`;
}

/** n8n shows a code of Node.js, or its own words, where there is no connection. */
const UNREACHABLE =
	/\b(ENOTFOUND|EAI_AGAIN|ECONN[A-Z]+|ETIMEDOUT|E(HOST|NET)UNREACH|EPROTO|EPIPE|[A-Z_]*CERT[A-Z_]*)\b|connection cannot be established|refused the connection|connection was aborted|timed out/;
