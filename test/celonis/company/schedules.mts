import { describeThing } from './messages.mts';
import type { Thing, Today } from './world.mts';
import { getThings } from './world.mts';
import { useThing } from './work.mts';
import { getFamily } from './families.mts';

const MINUTE_MS = 60_000;

/** The hours at which most data jobs are scheduled, and those of the few that run all day. */
const nightlyHours = [1, 1.5, 2, 2.25, 2.5, 3, 3.5, 4, 4.5];
const daytimeHours = [6, 8, 10, 12, 14, 16, 18, 20];
const FAILURE_SHARE = 0.025;
/** The workdays on which the ERP system is down, and how often its jobs fail then. */
const OUTAGE = { from: 131, to: 132, failureShare: 0.7 };

const reasons = [
	'Connection to the source system timed out',
	'Table not found in the source system',
	'Maximum number of errors reached',
	'Source system rejected the sign-in',
];

/** What Celonis and the applications do on their own: data jobs, reports, uploads, deployments. */
export function runSchedules(today: Today): void {
	runDataJobs(today);
	deliverReports(today);
	processTaskMining(today);
	deploy(today);
	if (today.day.weekday === 7) {
		const ms = today.day.at(3) + today.random.integer(0, 5 * MINUTE_MS);
		const message = { status: 'SUCCESS', deletedItems: today.random.integer(0, 12) };
		today.drafts.push({ ms, actor: 'system', event: 'TRASH_AUTO_DELETE_JOB', message });
	}
}

function runDataJobs(today: Today): void {
	const { day, drafts, random, world } = today;
	const jobs = listOld(getThings(world, 'job'), day.index).slice(0, nightlyHours.length);
	const frequent = jobs.slice(0, day.isWorkday ? 2 : 1);
	const runs = [
		...jobs.map((job, index) => [job, nightlyHours[index]!] as const),
		...frequent.flatMap((job) => daytimeHours.map((hour) => [job, hour] as const)),
	];
	for (const [job, hour] of runs) {
		const started = day.at(hour) + random.integer(300, 4000);
		const ms = started + random.integer(2, 25) * MINUTE_MS;
		const outcome = drawOutcome(today);
		const message = { ...describeThing.job(job), ...outcome };
		drafts.push({ ms, actor: 'system', event: 'CUSTOM_EXTRACTION_EXECUTED', message });
		if (outcome.status === 'FAILED' && random.chance(0.4)) {
			// The schedule tries once more.
			const again = {
				...describeThing.job(job),
				status: random.chance(0.7) ? 'SUCCESS' : 'FAILED',
			};
			drafts.push({
				ms: ms + 30 * MINUTE_MS,
				actor: 'system',
				event: 'CUSTOM_EXTRACTION_EXECUTED',
				message: again,
			});
		}
	}
}

function drawOutcome({ day, random }: Today): Record<string, unknown> {
	const isDown = day.workdayNumber >= OUTAGE.from && day.workdayNumber <= OUTAGE.to;
	if (!random.chance(isDown ? OUTAGE.failureShare : FAILURE_SHARE)) return { status: 'SUCCESS' };
	const reason = isDown ? reasons[0] : random.pick(reasons);
	return { status: 'FAILED', reason, max_errors_count: random.pick([0, 10, 100]) };
}

function deliverReports({ day, drafts, random, world }: Today): void {
	if (!day.isWorkday) return;
	for (const trigger of listOld(getThings(world, 'reportTrigger'), day.index)) {
		if (!trigger.isOn) continue;
		const ms = day.at(6) + random.integer(500, 12 * MINUTE_MS);
		const hasFailed = random.chance(0.03);
		const event = `VIEW_REPORT_DELIVERY_TRIGGER_${hasFailed ? 'FAILED' : 'SUCCEEDED'}`;
		const outcome = hasFailed
			? { status: 'FAILED', reason: 'Mailbox of the recipient is full' }
			: { status: 'SUCCESS' };
		drafts.push({
			ms,
			actor: 'system',
			event,
			message: { ...describeThing.named(trigger), ...outcome },
		});
	}
}

function processTaskMining({ day, drafts, random, world }: Today): void {
	const upload = world.applications.get('upload');
	for (const project of listOld(getThings(world, 'taskProject'), day.index).slice(0, 2)) {
		const message = describeThing.taskMining(project);
		const ms = day.at(4) + random.integer(300, 9 * MINUTE_MS);
		drafts.push({
			ms,
			actor: 'system',
			event: 'TASK_MINING_DATA_PROCESSING_TRIGGER_SCHEDULED',
			message,
		});
		if (!upload || !day.isWorkday || upload.createdDay >= day.index) continue;
		const pushedMs = day.at(19) + random.integer(300, 30 * MINUTE_MS);
		const event = 'TASK_MINING_DATA_PROCESSING_TRIGGER_ON_DATA_PUSH';
		drafts.push({ ms: pushedMs, actor: upload, event, message });
	}
}

/** The pipeline publishes what has been tested, twice a week after work. */
function deploy({ day, drafts, random, world }: Today): void {
	const pipeline = world.applications.get('deployment');
	if (!pipeline || pipeline.createdDay >= day.index || !day.isWorkday) return;
	if (day.weekday !== 2 && day.weekday !== 4) return;
	let ms = day.at(18.5) + random.integer(0, 10 * MINUTE_MS);
	const packages = listOld(getThings(world, 'package'), day.index);
	for (const thing of packages.filter(() => random.chance(0.25))) {
		const step = useThing('STUDIO_PACKAGE_PUBLISHED', thing, getFamily('package'));
		drafts.push({ ms: (ms += random.integer(15_000, 90_000)), actor: pipeline, ...step });
	}
}

function listOld(things: readonly Thing[], dayIndex: number): Thing[] {
	return things.filter(({ createdDay }) => createdDay < dayIndex);
}
