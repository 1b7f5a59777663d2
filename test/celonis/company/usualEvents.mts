import type { Kind } from './assets.mts';
import { getFamily } from './families.mts';
import { describeThing } from './messages.mts';
import type { Profession } from './names.mts';
import type { Draft, World } from './world.mts';
import { getThings } from './world.mts';

type Event = Pick<Draft, 'event' | 'message'>;

/** Events that change nothing that others depend on, by who causes them. */
export type UsualEvents = Readonly<Record<Profession | 'system', readonly Event[]>>;

const usual: Record<
	Exclude<Profession, 'business' | 'auditor' | 'admin'>,
	ReadonlyArray<readonly [Kind, string]>
> = {
	engineer: [
		['task', 'TRANSFORMATION_CODE_CHANGED'],
		['job', 'DATA_JOB_UPDATED'],
		['job', 'DATA_JOB_MANUALLY_EXECUTED'],
		['model', 'DATA_MODEL_MANUAL_LOAD_STARTED'],
		['source', 'EXTRACTION_CONFIGURATIONS_UPDATED'],
		['factory', 'OCDM_SQL_FACTORY_UPDATED'],
	],
	analyst: [
		['node', 'STUDIO_NODE_UPDATED'],
		['package', 'STUDIO_PACKAGE_VERSION_LOADED'],
		['variable', 'STUDIO_INPUT_VARIABLE_VALUE_CHANGED'],
		['kpi', 'OBJECTIVE_KPI_UPDATED'],
	],
	automator: [
		['actionFlow', 'ACTIONFLOW_DRAFT_BLUEPRINT_MODIFIED'],
		['skill', 'SKILL_UPDATED'],
	],
	scientist: [['notebook', 'ML_NOTEBOOK_UPDATED']],
};

/** The usual events about the things that have existed since before a day. */
export function listUsualEvents(world: World, dayIndex: number): UsualEvents {
	const listOld = (kind: Kind) =>
		getThings(world, kind).filter(({ createdDay }) => createdDay < dayIndex);
	const list = (pairs: ReadonlyArray<readonly [Kind, string]>): Event[] =>
		pairs.flatMap(([kind, event]) =>
			listOld(kind).map((thing) => ({
				event,
				message: {
					...describeThing[getFamily(kind).shape](thing),
					...(event.endsWith('EXECUTED') ? { status: 'SUCCESS' } : {}),
				},
			})),
		);
	const reading = [
		...listOld('node').map(({ id, name }) => ({
			event: 'ANALYSIS_EXPORT_AUDIT_LOG_EVENT',
			message: { 'Analysis Id': id, name },
		})),
		...list([['variable', 'STUDIO_INPUT_VARIABLE_VALUE_CHANGED']]),
	];
	return {
		engineer: list(usual.engineer),
		analyst: list(usual.analyst),
		automator: list(usual.automator),
		scientist: list(usual.scientist),
		business: reading,
		auditor: reading,
		admin: reading,
		system: list([
			['job', 'CUSTOM_EXTRACTION_EXECUTED'],
			['taskProject', 'TASK_MINING_DATA_PROCESSING_TRIGGER_SCHEDULED'],
		]),
	};
}
