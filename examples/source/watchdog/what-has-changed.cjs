// What to report. Change these to fit your team.
const QUIET_HOURS = 4; // without a new event, counted in working hours only
const WORK_DAYS = [1, 2, 3, 4, 5]; // Monday is 1
const WORK_STARTS_AT = 8; // o'clock, in the workflow's time zone
const WORK_ENDS_AT = 18;
const MAX_CLOCK_DIFFERENCE_SECONDS = 300;

const NAMES = { auditLog: 'Audit log', loginHistory: 'Login history' };
const SOLVED = {
	unreadable: 'can be read again',
	quiet: 'has new events again',
	clocks: 'the clocks agree again',
};
const STEP_MINUTES = 15;
const MAX_DAYS = 31;

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
function findProblems(status, before) {
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
			problems.quiet = `no event since ${newest.toFormat('yyyy-MM-dd HH:mm')}`;
		}
	} else if (before.quiet && status.eventsLastHour === 0) {
		problems.quiet = before.quiet;
	}
	return problems;
}

const reported = $getWorkflowStaticData('global').problems ?? {};
const problems = {};
const lines = [];
for (const { json: status } of $input.all()) {
	const before = reported[status.log] ?? {};
	const now = findProblems(status, before);
	problems[status.log] = now;
	const name = `${NAMES[status.log] ?? status.log} of ${status.team ?? 'Celonis'}`;
	for (const [kind, text] of Object.entries(now)) {
		if (!before[kind]) lines.push(`🔴 ${name}: ${text}`);
	}
	for (const kind of Object.keys(before)) {
		if (!now[kind]) lines.push(`🟢 ${name}: ${SOLVED[kind]}`);
	}
}
if (lines.length === 0) return [];
const text = lines
	.join('\n')
	.replaceAll('&', '&amp;')
	.replaceAll('<', '&lt;')
	.replaceAll('>', '&gt;');
return [{ json: { text, problems } }];
