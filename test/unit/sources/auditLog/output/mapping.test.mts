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
	it('has an object and an action for every documented event', () => {
		expect(EVENT_NAMES.filter((name) => classifyEvent(name).object === 'Other')).toEqual([]);
		expect(EVENT_NAMES.filter((name) => classifyEvent(name).action === 'Other')).toEqual([]);
	});

	it.each([
		['DATA_MODEL_TABLE_DELETED', 'Data Model Table'],
		['DATA_MODEL_TABLES_CREATED', 'Data Model Table'],
		['DATA_MODEL_ACTIVITY_OR_CASE_TABLE_CHANGED', 'Data Model'],
		['DATA_MODEL_FOREIGN_KEY_DELETED', 'Data Model Foreign Key'],
		['DATA_MODEL_CALENDAR_DISABLED', 'Data Model Calendar'],
		['DATA_MODEL_CUSTOM_CALENDAR_ENABLED', 'Data Model Calendar'],
		['DATA_MODEL_NAME_MAPPINGS_DELETED', 'Data Model Name Mappings'],
		['DATA_MODEL_SIGNAL_LINK_CREATED', 'Data Model Signal Link'],
		['DATA_JOB_ALERT_DISABLED', 'Data Job Alert'],
		['SCHEDULING_MONITORING_DISABLED', 'Schedule Monitoring'],
		['FILE_UPLOAD_HISTORY_ENTRY_DELETED', 'File Upload History'],
		['OCDM_PERSPECTIVE_DELETED', 'Perspective'],
		['OCDM_SQL_FACTORY_DISABLED', 'SQL Factory'],
		['OCDM_PROCESS_DISABLED', 'Object-Centric Process'],
		['OCDM_PROCESS_DATA_SOURCE_DISABLED', 'Object-Centric Process Data Source'],
		['LLM_KILL_SWITCH_ENABLED', 'LLM Kill Switch'],
		['LLM_CLOUD_PROVIDER_DISABLED', 'LLM Cloud Provider'],
		['ML_NOTEBOOK_DELETED', 'ML Notebook'],
		['ML_SCHEDULING_DELETED', 'ML Schedule'],
		['ML_WORKSPACE_DELETED', 'ML Workspace'],
		['ML_FLOW_DISABLED', 'ML Flow'],
		['ML_IMAGE_DISABLED', 'ML Image'],
	])('does not take a part for the whole: %s is about a %s', (name, object) => {
		expect(classifyEvent(name).object).toBe(object);
	});

	it.each([
		['object', OBJECT_RULES],
		['action', ACTION_RULES],
	] as const)('has no %s pattern without a documented event', (_, rules) => {
		const patterns = rules.flatMap(({ events }) => events);
		const used = new Set(
			EVENT_NAMES.map((name) => patterns.find((pattern) => parsePattern(pattern)!(name))),
		);
		expect(patterns.filter((pattern) => !used.has(pattern))).toEqual([]);
	});

	it.each(['A_FEATURE_OF_TOMORROW', 'DATA_POOL_TELEPORTED', 'constructor', ''])(
		'classifies the undocumented event %p as other',
		(name) => {
			expect(classifyEvent(name)).toMatchObject({
				object: 'Other',
				...CLASSIFICATIONS.other,
				action: 'Other',
			});
		},
	);

	it('finds the action of an undocumented event', () => {
		expect(classifyEvent('A_FEATURE_OF_TOMORROW_DELETED')).toMatchObject({
			...CLASSIFICATIONS.other,
			action: 'Delete',
			ecsType: 'deletion',
		});
	});

	it('classifies more names than the cache can contain', () => {
		for (let i = 0; i < 5000; i++) expect(classifyEvent(`NEW_${i}_CREATED`).action).toBe('Create');
	});

	it.each(Object.entries(OCSF_CLASSES))('defines the class %s as OCSF does', (_, definition) => {
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

	it('has only activities that their classes define', () => {
		const used = new Set(
			Object.values<Classification>(CLASSIFICATIONS).map(({ ocsfClass }) => ocsfClass),
		);
		for (const { activities } of ACTION_RULES) {
			for (const [name, id] of Object.entries(activities)) {
				expect(used).toContain(name);
				expect(OCSF_CLASSES[name as OcsfClass].activities).toHaveProperty(String(id));
			}
		}
	});
});

describe('docs/events.md', () => {
	it('is up to date with the catalogue and the tables', () => {
		expect(readFileSync(EVENTS_PATH, 'utf8')).toBe(renderEvents());
	});
});
