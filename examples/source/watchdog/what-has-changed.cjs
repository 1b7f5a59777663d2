// What to report. Change these to fit your team.
const QUIET_HOURS = 4; // without a new event, counted in working hours only
const WORK_DAYS = [1, 2, 3, 4, 5]; // Monday is 1
const WORK_STARTS_AT = 8; // o'clock, in the workflow's time zone
const WORK_ENDS_AT = 18;
const MAX_CLOCK_DIFFERENCE_SECONDS = 300;

const LOGS = { auditLog: 'Audit log', loginHistory: 'Login history' };
const UNKNOWN_TEAM = 'Celonis';
const N8N = 'Executions of n8n';
const SOLVED = {
	unreadable: 'can be read again',
	quiet: 'has new events again',
	clocks: 'the clocks agree again',
	unwatched: 'there are workflows to watch',
	unpublished: 'is published again',
};
const STEP_MINUTES = 15;
const MAX_DAYS = 31;
const MAX_EXECUTIONS = 250; // the limit in "Executions"

const formatTime = (iso) =>
	DateTime.fromISO(iso).setZone($now.zoneName).toFormat('yyyy-MM-dd HH:mm');

/** Working hours since a time, counted in quarters of an hour. */
function getWorkingHours(since, now) {
	const start = now.minus({ days: MAX_DAYS });
	let time = since < start ? start : since;
	let steps = 0;
	for (; time < now; time = time.plus({ minutes: STEP_MINUTES })) {
		const isWorkDay = WORK_DAYS.includes(time.weekday);
		if (isWorkDay && time.hour >= WORK_STARTS_AT && time.hour < WORK_ENDS_AT) steps++;
	}
	return (steps * STEP_MINUTES) / 60;
}

/** The problems of a log by kind. What cannot be told now stays as it was. */
function findLogProblems(status, before) {
	if (!status.ok) return { ...before, unreadable: `${status.error}. ${status.hint}` };
	const problems = {};
	const difference = status.clockDifferenceSeconds;
	if (difference === null) {
		if (before.clocks) problems.clocks = before.clocks;
	} else if (Math.abs(difference) > MAX_CLOCK_DIFFERENCE_SECONDS) {
		const minutes = Math.round(Math.abs(difference) / 60);
		problems.clocks = `the clock of Celonis is ${minutes} minutes ${difference > 0 ? 'ahead of' : 'behind'} the clock of n8n`;
	}
	const now = DateTime.fromISO(status.serverTime ?? $now.toISO()).setZone($now.zoneName);
	const isEmpty = status.eventsLastDay === 0 && status.newestEvent === null;
	if (isEmpty) {
		problems.quiet = `no event was found. ${status.hint ?? 'Check that the log is turned on in Celonis.'}`;
	} else if (status.newestEvent !== null) {
		const newest = DateTime.fromISO(status.newestEvent).setZone($now.zoneName);
		if (getWorkingHours(newest, now) >= QUIET_HOURS) {
			problems.quiet = `no event since ${formatTime(status.newestEvent)}`;
		}
	} else if (before.quiet && status.eventsLastHour === 0) {
		problems.quiet = before.quiet;
	}
	return problems;
}

/** Whether an execution failed; undefined if it has not ended, or was cancelled. */
function hasFailed({ status, finished, stoppedAt }) {
	if (status === 'error' || status === 'crashed') return true;
	if (status === 'success') return false;
	return status === undefined && stoppedAt ? !finished : undefined;
}

/**
 * What the executions of a workflow tell: the failures that no earlier check has seen, and what to keep
 * for the next one. The first check sees the failures since the last success.
 */
function checkExecutions(executions, seen) {
	const getEnd = ({ stoppedAt, startedAt }) => stoppedAt ?? startedAt ?? '';
	const getEnds = (all) => all.map(getEnd).sort();
	const failures = executions.filter((each) => hasFailed(each) === true);
	const successes = getEnds(executions.filter((each) => hasFailed(each) === false));
	const lastSuccess = successes.at(-1) ?? '';
	const lastFailure = [seen?.lastFailure ?? '', ...getEnds(failures)].sort().at(-1);
	const isNew = (each) =>
		seen
			? !seen.failures.includes(each.id) && !(Number(each.id) <= seen.before)
			: getEnd(each) > lastSuccess;
	const count = failures.filter(isNew).length;
	const isFull = executions.length >= MAX_EXECUTIONS;
	const ids = executions.map(({ id }) => Number(id));
	const oldest = Math.min(...ids);
	const hasRecovered = successes.some((end) => end > seen?.lastFailure && end < lastFailure);
	// As long as no execution succeeds, further failures are only counted.
	const isRepeated = Boolean(seen?.isFailing) && !hasRecovered;
	const isFailing = lastFailure >= lastSuccess && (count > 0 || Boolean(seen?.isFailing));
	return {
		count: isRepeated ? 0 : count,
		isCapped: isFull && (seen ? oldest > seen.newest : lastSuccess === ''),
		more: isRepeated ? seen.more + count : 0,
		lastFailure,
		lastSuccess,
		isFailing,
		failures: failures.map(({ id }) => id),
		before: isFull ? oldest - 1 : 0,
		newest: Math.max(seen?.newest ?? 0, ...ids),
	};
}

/** The watched workflows; nothing if their node was deleted or has not run. */
function getWorkflows() {
	try {
		const output = $('Watched workflows').all(0);
		return output.map(({ json }) => json);
	} catch {
		return undefined;
	}
}

const memory = $getWorkflowStaticData('global');
const reported = memory.problems ?? {};
const problems = {};
const executionsSeen = {};
const lines = [];

/** Keeps the problems of something, and reports what has changed. */
function report(key, name, now) {
	const before = reported[key] ?? {};
	problems[key] = now;
	for (const [kind, text] of Object.entries(now)) {
		if (!before[kind]) lines.push(`🔴 ${name}: ${text}`);
	}
	for (const kind of Object.keys(before)) {
		if (!now[kind]) lines.push(`🟢 ${name}: ${SOLVED[kind]}`);
	}
}

function reportWorkflow({ id, name, active }, executions) {
	const title = `Workflow "${name}"`;
	const seen = memory.executions?.[id];
	const check = checkExecutions(executions, seen);
	executionsSeen[id] = check;
	if (check.count > 0) {
		const number = `${check.isCapped ? 'at least ' : ''}${check.count} failed execution${check.count === 1 ? '' : 's'}`;
		lines.push(`🔴 ${title}: ${number}, the last at ${formatTime(check.lastFailure)}`);
	}
	if (!check.isFailing && (check.count > 0 || seen?.isFailing)) {
		const more = check.more > 0 ? ` after ${check.more} more failed` : '';
		lines.push(`🟢 ${title}: succeeded at ${formatTime(check.lastSuccess)}${more}`);
	}
	report(`workflow ${id}`, title, {
		...(active === false && { unpublished: 'is not published, so it does not run' }),
	});
}

const items = $input.all().map(({ json }) => json);
const isStatus = (item) => 'ok' in item && 'log' in item;
const logs = {};
for (const status of items.filter(isStatus)) {
	// Teams are told apart by their host.
	const name = `${LOGS[status.log] ?? status.log} of ${status.team ?? UNKNOWN_TEAM}`;
	logs[name] = { ...logs[name], ...findLogProblems(status, reported[name] ?? {}) };
}
for (const [name, now] of Object.entries(logs)) report(name, name, now);

const workflows = getWorkflows()?.filter(({ isArchived }) => !isArchived);
if (workflows) {
	const executions = items.filter((item) => !isStatus(item));
	// Without a credential, n8n hands on the input of a node as its output.
	const strange = [
		...workflows.filter(({ id }) => id === undefined),
		...executions.filter(({ workflowId }) => workflowId === undefined),
	];
	const isReadable = strange.length === 0;
	const reason = strange.find(({ error }) => error)?.error ?? 'a credential is missing';
	report(N8N, N8N, {
		...(!isReadable && {
			unreadable: `${reason}. Check the n8n API credential of "Watched workflows" and "Executions", or delete both nodes.`,
		}),
		...(isReadable &&
			workflows.length === 0 && { unwatched: 'no workflow has the tag of "Watched workflows"' }),
	});
	if (!isReadable) Object.assign(executionsSeen, memory.executions);
	for (const workflow of workflows.filter(({ id }) => id)) {
		const own = executions.filter(({ workflowId }) => workflowId === workflow.id);
		if (isReadable || own.length > 0) reportWorkflow(workflow, own);
	}
}

// What was not looked at stays as it was. A team that was unknown has its name now.
for (const [key, before] of Object.entries(reported)) {
	if (key in problems) continue;
	if (key.endsWith(` of ${UNKNOWN_TEAM}`)) report(key, key, {});
	else if (!key.startsWith('workflow ') || problems[N8N]?.unreadable) problems[key] = before;
}

const state = { problems, executions: executionsSeen };
if (lines.length === 0) {
	Object.assign(memory, state);
	return [];
}
const text = lines
	.join('\n')
	.replaceAll('&', '&amp;')
	.replaceAll('<', '&lt;')
	.replaceAll('>', '&gt;');
return [{ json: { text, state } }];
