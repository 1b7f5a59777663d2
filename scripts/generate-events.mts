/**
 * Writes docs/events.md: what the nodes make of each documented event. Run it after a change of the
 * catalogue, the presets or the mapping: `npm run events`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CATALOGUE } from '../nodes/Celonis/sources/auditLog/catalogue.generated';
import { PRESETS, type PresetRow } from '../nodes/Celonis/sources/auditLog/filters/presets';
import { ECS_VERSION } from '../nodes/Celonis/output/ecs';
import { toEcs } from '../nodes/Celonis/sources/auditLog/output/ecs';
import { toOcsf } from '../nodes/Celonis/sources/auditLog/output/ocsf';
import { OCSF_VERSION } from '../nodes/Celonis/output/ocsf';

export const EVENTS_PATH = fileURLToPath(new URL('../docs/events.md', import.meta.url));

const presets = Object.entries<PresetRow>(PRESETS);

/** The page as it should be. */
export function renderEvents(): string {
	const names = Object.values<readonly string[]>(CATALOGUE).flat();
	return `${[
		'# Events',
		'<!-- Made by `npm run events`. Do not edit. -->',
		`The ${names.length} events that Celonis documents ("Audit logs – event details"), and what the nodes make of each. The table behind the formats is [mapping.ts](../nodes/Celonis/sources/auditLog/formats/mapping.ts); [formats.md](formats.md) tells how a record becomes a document.`,
		'## Presets',
		'The choices of the filter _Presets_. They are lists of names: an event that Celonis adds one day is in none of them until a new version of this package puts it there. _Event Patterns_ such as `*_DELETED` catch new names.',
		...presets.map(([value, { title, description, events }]) =>
			[
				`**${title}** (\`${value}\`): ${description}.`,
				`${events.length} events: ${events.map((name) => `\`${name}\``).join(', ')}.`,
			].join('\n'),
		),
		'## By category',
		`ECS ${ECS_VERSION}: \`event.category\` and \`event.type\`. OCSF ${OCSF_VERSION}: class and activity. For \`PERMISSIONS_UPDATE\` and \`DATA_MODEL_PERMISSION_ASSIGNMENT_*\` the record says more: where it names permissions that were given or taken, the activity is _Assign Privileges_ or _Revoke Privileges_; where it names a group, the class is Group Management (3006) and the ECS type \`group\` instead of \`user\`.`,
		...Object.entries<readonly string[]>(CATALOGUE).flatMap(([category, listed]) => [
			`### ${category}`,
			table(listed),
		]),
		'## Others',
		'Events that Celonis does not document, such as those of new features, have the category `Other` and the general class:',
		table(['A_FEATURE_OF_TOMORROW_CREATED', 'A_FEATURE_OF_TOMORROW']),
	].join('\n\n')}\n`;
}

function table(names: readonly string[]): string {
	return [
		'| event | presets | ECS | OCSF class | OCSF activity |',
		'| --- | --- | --- | --- | --- |',
		...names.map((name) => `| ${columnsOf(name).join(' | ')} |`),
	].join('\n');
}

function columnsOf(name: string): string[] {
	const event = { eventId: '-', timestampMs: 0, raw: { event: name } };
	const ecs = toEcs(event).event as { category: string[]; type: string[] };
	const ocsf = toOcsf(event);
	const within = presets.filter(([, { events }]) => (events as readonly string[]).includes(name));
	return [
		`\`${name}\``,
		within.map(([value]) => `\`${value}\``).join(', '),
		`${ecs.category.join(', ')}: ${ecs.type.join(', ')}`,
		`${String(ocsf.class_name)} (${String(ocsf.class_uid)})`,
		`${String(ocsf.activity_name)} (${String(ocsf.activity_id)})`,
	];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(EVENTS_PATH, renderEvents());
