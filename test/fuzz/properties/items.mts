import fc from 'fast-check';
import { formatEvent } from '../../../nodes/Celonis/output/items';
import { FilterReader } from '../../../nodes/Celonis/parameters/filterReader';
import { getOutputSettings } from '../../../nodes/Celonis/parameters/output';
import { parseRecord } from '../../../nodes/Celonis/records/record';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { loginHistory } from '../../../nodes/Celonis/sources/loginHistory';
import { compileFilters } from '../../../nodes/Celonis/sources/auditLog/filters/filters';
import { getFilters } from '../../../nodes/Celonis/sources/auditLog/filters/parameters';
import { createParameterReader } from '../../support/parameterReader';
import { check, orParameterError } from './check.mts';
import { findEcsProblems } from '../../schemas/ecs.mts';
import { findOcsfProblems } from '../../schemas/ocsf.mts';
import type { Properties } from './check.mts';
import * as inputs from '../inputs.mts';

/** Filters and items. */
export const itemProperties: Properties = {
	'records: any JSON value': fc.property(inputs.jsonValues, (value) => {
		const record = parseRecord(value, 7);
		check(Number.isFinite(record.timestampMs), 'a record has no time');
		check(
			(record.problem === undefined) === (record.raw === value && record.timestampMs !== 7),
			'a wrong problem',
		);
	}),

	'filters: a parameter error, or a test of records': fc.property(
		fc.dictionary(
			fc.constantFrom(...inputs.filterNames),
			fc.oneof(inputs.jsonValues, inputs.filterTexts, fc.array(inputs.filterTexts)),
			{ noNullPrototype: true },
		),
		fc.array(inputs.goodRecords, { maxLength: 4 }),
		(values, raws) => {
			const filters = orParameterError(() => {
				const parameters = createParameterReader({ filters: values });
				return getFilters(new FilterReader(parameters.getCollection(auditLog.filtersProperty)));
			});
			if (!filters) return;
			const matches = compileFilters(filters);
			for (const raw of raws) {
				check(typeof matches({ raw, timestampMs: 0 }) === 'boolean', 'not a boolean');
			}
			const isFree = Object.values(filters).every((filter) => !filter);
			check(
				!isFree || raws.every((raw) => matches({ raw, timestampMs: 0 })),
				'rejected without a filter',
			);
		},
	),

	'formats: a valid document for any record': fc.property(inputs.goodRecords, (raw) => {
		const timestampMs = Date.parse(String(raw.timestamp));
		const event = { raw, eventId: 'id', team: 'team.example', timestampMs };
		const problems = [
			...findEcsProblems(formatEvent(event, { format: auditLog.formatters.ecs })),
			...findOcsfProblems(formatEvent(event, { format: auditLog.formatters.ocsf })),
		];
		check(problems.length === 0, problems.join('; '));
		for (const { formatters } of [auditLog, loginHistory]) {
			const cells = Object.values(formatters.summary(event));
			check(cells.length === 16, 'a summary has other columns');
			const isFlat = cells.every((cell) => cell === null || typeof cell === 'string');
			check(isFlat, 'a summary is not flat');
		}
	}),

	'fields: a part of the item, or a parameter error': fc.property(
		inputs.goodRecords,
		fc.oneof(
			inputs.jsonValues,
			fc.array(
				inputs.joinedTexts('actor', '.', 'email', '__proto__', 'constructor', ',', 'message'),
			),
		),
		(raw, fields) => {
			const output = orParameterError(() =>
				getOutputSettings(
					createParameterReader({ output: 'raw' }),
					createParameterReader({ fields }),
					auditLog.formatters,
				),
			);
			if (!output) return;
			const before = JSON.stringify(raw);
			const item = formatEvent(
				{ raw, eventId: 'id', team: 'team.example', timestampMs: 0 },
				output,
			);
			check(JSON.stringify(raw) === before, 'the record was changed');
			check(Object.getPrototypeOf(item) === Object.prototype, 'a prototype was changed');
			check(
				Object.keys(item).every((name) => Object.hasOwn(raw, name) || !hasValue(item[name])),
				'an item has a value that the record lacks',
			);
			check(
				!('polluted' in {}) && Object.keys(Object.prototype).length === 0,
				'Object.prototype was polluted',
			);
		},
	),
};

/** Whether there is a value other than null in a field, or in the fields within it. */
function hasValue(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return value !== null;
	return Object.values(value).some(hasValue);
}
