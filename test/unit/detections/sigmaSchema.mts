/**
 * Sigma's specification (2.1, rules and correlations) as a JSON schema, as far as it can be one, and
 * what these rules have beyond it: all documenting keys, ids of version 4, and log sources of Celonis.
 */
import { LEVELS } from '../../../scripts/sigma/rules.mts';

const TACTICS = [
	'initial-access',
	'execution',
	'persistence',
	'privilege-escalation',
	'defense-evasion',
	'credential-access',
	'discovery',
	'lateral-movement',
	'collection',
	'exfiltration',
	'command-and-control',
	'impact',
];

const texts = (minLength: number) => ({
	type: 'array',
	minItems: 1,
	uniqueItems: true,
	items: { type: 'string', minLength },
});

const DOCUMENTING_KEYS = {
	title: { type: 'string', minLength: 1, maxLength: 256 },
	id: {
		type: 'string',
		pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
	},
	name: { type: 'string', pattern: '^[a-z0-9_]{2,256}$' },
	status: { enum: ['stable', 'test', 'experimental', 'deprecated', 'unsupported'] },
	description: { type: 'string', minLength: 1, maxLength: 65_535 },
	references: {
		type: 'array',
		minItems: 1,
		uniqueItems: true,
		items: {
			type: 'string',
			pattern: '^https://(docs|developer)\\.celonis\\.com/[a-z0-9/-]+(\\.html)?$',
		},
	},
	author: { const: 'n8n-nodes-celonis contributors' },
	date: { type: 'string', format: 'date' },
	modified: { type: 'string', format: 'date' },
	tags: {
		type: 'array',
		minItems: 2,
		uniqueItems: true,
		items: {
			type: 'string',
			pattern: `^attack\\.(t\\d{4}(\\.\\d{3})?|${TACTICS.join('|')})$`,
		},
	},
	fields: texts(1),
	falsepositives: texts(2),
	level: { enum: LEVELS },
};

const OPTIONAL_KEYS = ['name', 'modified'];

const required = (...keys: string[]) => [
	...Object.keys(DOCUMENTING_KEYS).filter((key) => !OPTIONAL_KEYS.includes(key)),
	...keys,
];

const SCALAR = { type: ['string', 'number', 'boolean', 'null'] };

/** A map of fields, with their modifiers, and values. */
const FIELD_MAP = {
	type: 'object',
	minProperties: 1,
	propertyNames: {
		pattern: '^[A-Za-z][\\w.-]*(\\|(all|cidr|contains|endswith|i|re|startswith))*$',
	},
	additionalProperties: {
		anyOf: [
			SCALAR,
			{
				type: 'array',
				minItems: 1,
				uniqueItems: true,
				items: { type: ['string', 'number', 'boolean'] },
			},
		],
	},
};

/** The schema of rules for single events. */
export const RULE_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	required: required('logsource', 'detection'),
	properties: {
		...DOCUMENTING_KEYS,
		logsource: {
			type: 'object',
			additionalProperties: false,
			required: ['product', 'service'],
			properties: { product: { const: 'celonis' }, service: { enum: ['audit', 'login'] } },
		},
		detection: {
			type: 'object',
			required: ['condition'],
			minProperties: 2,
			propertyNames: { pattern: '^[a-z_]+$' },
			properties: { condition: { type: 'string', minLength: 1 } },
			additionalProperties: {
				anyOf: [FIELD_MAP, { type: 'array', minItems: 1, items: FIELD_MAP }],
			},
		},
	},
};

/** The schema of correlations. */
export const CORRELATION_SCHEMA = {
	type: 'object',
	additionalProperties: false,
	required: required('correlation'),
	properties: {
		...DOCUMENTING_KEYS,
		correlation: {
			type: 'object',
			additionalProperties: false,
			required: ['type', 'rules', 'group-by', 'timespan'],
			properties: {
				type: { enum: ['event_count', 'temporal_ordered'] },
				rules: texts(2),
				'group-by': texts(1),
				timespan: { type: 'string', pattern: '^[1-9]\\d*[smhd]$', maxLength: 10 },
				condition: {
					type: 'object',
					minProperties: 1,
					maxProperties: 2,
					propertyNames: { enum: ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] },
					additionalProperties: { type: 'integer', minimum: 0 },
				},
			},
			if: { properties: { type: { const: 'event_count' } } },
			then: { required: ['condition'] },
			else: { properties: { rules: { type: 'array', minItems: 2 } } },
		},
		generate: { type: 'boolean' },
	},
};
