import { findAdmin } from './attendance.mts';
import type { Person } from './people.mts';
import type { Actor, Today } from './world.mts';
import { drawBetween } from './world.mts';

const MINUTE_MS = 60_000;
const API_KEYS_A_DAY = 0.12;
const APPLICATION_KEYS_A_DAY = 0.06;
/** How long a key lives before it is likely to be replaced, in days. */
const KEY_LIFE_DAYS = 60;

const applicationKeyNames = [
	'report-export',
	'plant-upload',
	'monitoring',
	'backup',
	'ticket-sync',
];

/** API keys that members make and delete, and application keys that admins do. */
export function changeKeys(today: Today): void {
	const { day, random } = today;
	if (!day.isWorkday || day.workdayNumber < 8) return;
	if (random.chance(API_KEYS_A_DAY)) changeApiKey(today);
	if (random.chance(APPLICATION_KEYS_A_DAY)) changeApplicationKey(today);
}

/** Deletes the API key of somebody who leaves. */
export function removeApiKey(today: Today, owner: Person, next: () => number, actor: Actor): void {
	const { drafts, world } = today;
	const key = world.apiKeys.find((candidate) => candidate.owner === owner);
	if (!key) return;
	world.apiKeys.splice(world.apiKeys.indexOf(key), 1);
	const message = { email: owner.email, id: key.id, name: key.name };
	drafts.push({ ms: next(), actor, event: 'USER_DELETE_API_KEY', message });
}

function changeApiKey(today: Today): void {
	const { day, drafts, presences, random, world } = today;
	const technical = presences.filter(
		({ person: { department, plan } }) =>
			/^(engineer|scientist|automator)$/.test(department.profession) &&
			plan.leaves !== day.workdayNumber,
	);
	if (technical.length === 0) return;
	const { person, startMs, endMs } = random.pick(technical);
	const ms = drawBetween(random, startMs + 5 * MINUTE_MS, endMs - 10 * MINUTE_MS);
	const known = world.apiKeys.find(({ owner }) => owner === person);
	if (known && day.index - known.createdDay < KEY_LIFE_DAYS / 2) return;
	if (known) {
		removeApiKey(today, person, () => ms, person);
		if (random.chance(0.5)) return;
	}
	const key = {
		id: random.uuid(),
		name: `${person.name.split(' ')[0]}'s key`,
		createdDay: day.index,
		owner: person,
	};
	world.apiKeys.push(key);
	const message = { email: person.email, id: key.id, name: key.name };
	drafts.push({ ms: ms + 2 * MINUTE_MS, actor: person, event: 'USER_GENERATE_API_KEY', message });
}

function changeApplicationKey(today: Today): void {
	const { day, drafts, random, world } = today;
	const { person: admin, startMs, endMs } = findAdmin(today);
	const ms = drawBetween(random, startMs + 5 * MINUTE_MS, endMs - 10 * MINUTE_MS);
	const keys = world.applicationKeys;
	const describe = (key: { id: string; name: string }) => ({
		'application-key-id': key.id,
		name: key.name,
	});
	const old = keys.find(({ createdDay }) => day.index - createdDay > KEY_LIFE_DAYS);
	if (old && random.chance(0.5)) {
		keys.splice(keys.indexOf(old), 1);
		drafts.push({ ms, actor: admin, event: 'APPLICATION_KEY_DELETED', message: describe(old) });
		return;
	}
	if (old) {
		const diff = { oldValue: '{"active":true}', newValue: '{"active":true,"platformOnly":true}' };
		drafts.push({
			ms,
			actor: admin,
			event: 'APPLICATION_KEY_UPDATED',
			message: describe(old),
			diff,
		});
		return;
	}
	const [name] = applicationKeyNames.filter(
		(candidate) => !keys.some((key) => key.name === candidate),
	);
	if (name === undefined) return;
	const key = { id: random.uuid(), name, createdDay: day.index };
	keys.push(key);
	drafts.push({ ms, actor: admin, event: 'APPLICATION_KEY_CREATED', message: describe(key) });
}
