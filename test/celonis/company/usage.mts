import { describeThing } from './messages.mts';
import type { Profession } from './names.mts';
import type { Draft, Presence, Thing, Today, World } from './world.mts';
import { drawBetween, getThings } from './world.mts';
import { drawCount } from './work.mts';
import type { Random } from '../random.mts';

const MINUTE_MS = 60_000;

/** How often on average somebody exports something, or sets a value to look at it. */
const usesADay: Record<Profession, number> = {
	admin: 0.05,
	engineer: 0.2,
	analyst: 0.35,
	automator: 0.1,
	scientist: 0.4,
	business: 0.7,
	auditor: 0.3,
};
/** How many times as much is exported at the end of a month. */
const MONTH_END_FACTOR = 3;

const auditDownloads = [
	'AUDIT_LOG_CSV_DOWNLOADED',
	'LOGIN_HISTORY_CSV_DOWNLOADED',
	'USER_PERMISSIONS_CSV_DOWNLOADED',
	'GROUP_PERMISSIONS_CSV_DOWNLOADED',
	'APPLICATION_PERMISSIONS_CSV_DOWNLOADED',
	'USER_GROUPS_CSV_DOWNLOADED',
	'PERMISSIONS_CSV_DOWNLOADED',
	'STUDIO_ADOPTION_CSV_DOWNLOADED',
];

/** What people read and export on a day: more of it at the end of a month. */
export function useContent(today: Today): void {
	const { day, drafts, presences, random, world } = today;
	for (const { person, startMs, endMs } of presences) {
		const { profession } = person.department;
		const factor = day.isLastWorkdayOfMonth ? MONTH_END_FACTOR : 1;
		for (let count = drawCount(random, usesADay[profession] * factor); count > 0; count--) {
			const ms = drawBetween(random, startMs + 2 * MINUTE_MS, endMs - MINUTE_MS);
			const isExport = random.chance(day.isLastWorkdayOfMonth ? 0.85 : 0.45);
			const use = isExport
				? drawExport(random, world, day.index)
				: drawValueChange(random, world, day.index);
			if (use) drafts.push({ ms, actor: person, ...use });
		}
	}
	if (day.isLastWorkdayOfMonth) closeMonth(today);
}

/** Audit and IT file the lists of the month; a data pool is saved. */
function closeMonth(today: Today): void {
	const { drafts, presences, random, world } = today;
	const auditor = findBy(presences, 'auditor') ?? findBy(presences, 'admin');
	if (auditor) {
		let ms = drawBetween(random, auditor.startMs + 10 * MINUTE_MS, auditor.endMs - 40 * MINUTE_MS);
		for (const event of auditDownloads.filter(() => random.chance(0.75))) {
			ms += random.integer(20_000, 3 * MINUTE_MS);
			drafts.push({ ms, actor: auditor.person, event });
		}
	}
	const engineer = findBy(presences, 'engineer');
	const pools = getThings(world, 'pool').filter(({ createdDay }) => createdDay < today.day.index);
	if (!engineer || pools.length === 0) return;
	const ms = drawBetween(random, engineer.startMs + 10 * MINUTE_MS, engineer.endMs - MINUTE_MS);
	const message = describeThing.pool(random.pick(pools));
	drafts.push({ ms, actor: engineer.person, event: 'DATA_POOL_EXPORTED', message });
}

function findBy(presences: readonly Presence[], profession: Profession): Presence | undefined {
	return presences.find(({ person }) => person.department.profession === profession);
}

/** An export of an analysis that exists since before a day; none if there is none. */
export function drawExport(
	random: Random,
	world: World,
	dayIndex: number,
): Omit<Draft, 'ms' | 'actor'> | undefined {
	const node = pickOld(random, world, 'node', dayIndex);
	if (!node) return undefined;
	const tableName = `${node.key.replaceAll('-', '_').toUpperCase().slice(0, -5)}_TABLE`;
	const message = { 'Analysis Id': node.id, name: node.name, tableName };
	return { event: 'ANALYSIS_EXPORT_AUDIT_LOG_EVENT', message };
}

/** A new value of an input variable that exists since before a day; none if there is none. */
export function drawValueChange(
	random: Random,
	world: World,
	dayIndex: number,
): Omit<Draft, 'ms' | 'actor'> | undefined {
	const variable = pickOld(random, world, 'variable', dayIndex);
	if (!variable) return undefined;
	const kind = random.fraction();
	const suffix = kind < 0.8 ? 'CHANGED' : kind < 0.95 ? 'RESET' : undefined;
	const event = suffix
		? `STUDIO_INPUT_VARIABLE_VALUE_${suffix}`
		: 'STUDIO_INPUT_VARIABLE_VALUE_BATCH_RESET';
	return { event, message: describeThing.variable(variable) };
}

function pickOld(
	random: Random,
	world: World,
	kind: Thing['kind'],
	dayIndex: number,
): Thing | undefined {
	const old = getThings(world, kind).filter(({ createdDay }) => createdDay < dayIndex);
	return old.length > 0 ? random.pick(old) : undefined;
}
