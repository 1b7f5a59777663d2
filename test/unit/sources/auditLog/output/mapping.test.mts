import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { EVENT_NAMES } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { parsePattern } from '../../../../../nodes/Celonis/filters/pattern';
import { classifyEvent } from '../../../../../nodes/Celonis/sources/auditLog/output/classification';
import {
	ACTION_RULES,
	OBJECT_RULES,
	CLASSIFICATIONS,
	type OcsfClass,
	type Classification,
} from '../../../../../nodes/Celonis/sources/auditLog/output/mapping';
import { OCSF_CLASSES } from '../../../../../nodes/Celonis/sources/auditLog/output/ocsfClasses';
import { EVENTS_PATH, renderEvents } from '../../../../../scripts/generate-events.mts';
import schema from '../../../../schemas/ocsf-1.8.0.json' with { type: 'json' };

describe('the mapping', () => {
	it('has a place for every documented event', () => {
		expect(EVENT_NAMES.filter((name) => classifyEvent(name).object === 'Other')).toEqual([]);
		expect(EVENT_NAMES.filter((name) => classifyEvent(name).action === 'Other')).toEqual([]);
	});

	it.each([
		['family', OBJECT_RULES],
		['action', ACTION_RULES],
	] as const)('has no pattern of a %s that no documented event needs', (_, rows) => {
		const patterns = rows.flatMap(([, events]) => events.split(', '));
		const needed = new Set(
			EVENT_NAMES.map((name) => patterns.find((pattern) => parsePattern(pattern)!(name))),
		);
		expect(patterns.filter((pattern) => !needed.has(pattern))).toEqual([]);
	});

	it.each(['A_FEATURE_OF_TOMORROW', 'DATA_POOL_TELEPORTED', 'constructor', ''])(
		'has the general family for %p, which is not documented',
		(name) => {
			expect(classifyEvent(name)).toMatchObject({
				object: 'Other',
				sort: CLASSIFICATIONS.other,
				action: 'Other',
			});
		},
	);

	it('reads from a name that is not documented what was done', () => {
		expect(classifyEvent('A_FEATURE_OF_TOMORROW_DELETED')).toMatchObject({
			sort: CLASSIFICATIONS.other,
			action: 'Delete',
			ecsType: 'deletion',
		});
	});

	it('knows as many names as may come', () => {
		for (let i = 0; i < 5000; i++) expect(classifyEvent(`NEW_${i}_CREATED`).action).toBe('Create');
	});

	it.each(Object.entries(OCSF_CLASSES))('names the class %s as OCSF does', (_, definition) => {
		const [, published] = Object.entries(schema.classes).find(
			([, { class_uid: uid }]) => uid === definition.uid,
		)!;
		const { activities, name, categoryUid } = definition;
		expect({ name, categoryUid }).toEqual({
			name: published.caption,
			categoryUid: published.category_uid,
		});
		expect(published.attributes).toMatchObject({ activity_id: { enum: activities } });
	});

	it('has a caption for every activity of a class that is used', () => {
		const used = new Set(
			Object.values<Classification>(CLASSIFICATIONS).map(({ ocsfClass }) => ocsfClass),
		);
		for (const [, , , activities] of ACTION_RULES) {
			for (const [name, id] of Object.entries(activities)) {
				expect(used).toContain(name);
				expect(OCSF_CLASSES[name as OcsfClass].activities).toHaveProperty(String(id));
			}
		}
	});
});

describe('docs/events.md', () => {
	it('is made from the catalogue and the tables as they are', () => {
		expect(readFileSync(EVENTS_PATH, 'utf8')).toBe(renderEvents());
	});
});
