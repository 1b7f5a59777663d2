import { asSent, type Formats } from '../../../output/items';
import { enrich } from './enrichment';
import { toEcs } from './ecs';
import { toOcsf } from './ocsf';

/** What the nodes make of an audit event. */
export const AUDIT_LOG_FORMATS: Formats = { event: enrich, raw: asSent, ecs: toEcs, ocsf: toOcsf };
