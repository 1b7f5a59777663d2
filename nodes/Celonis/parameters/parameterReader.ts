import type { INodeProperties } from 'n8n-workflow';
import { hasOwn, type JsonObject } from '../records/json';
import { isBlank, isNullish, trimText } from '../records/text';
import {
	BOOLEAN,
	DATE_OUT_OF_RANGE,
	DATE_TIME,
	TEXT_LIST,
	createChoice,
	createNumber,
	createObject,
} from './expectations';
import { throwParameterError, type Expectation, type ParameterContext } from './parameterError';
import { parseDateTime, type Bound } from './parseDateTime';
import {
	InvalidEntry,
	matchName,
	parseBoolean,
	parseList,
	parseObject,
	parsePositiveNumber,
} from './parseValue';

/** Years that ISO 8601 writes with four digits, with some room for arithmetic before the first one. */
const MIN_DATE_MS = Date.UTC(1000, 0, 1);
const END_DATE_MS = Date.UTC(9999, 0, 1);

/** A number parameter: its default, and its largest value. */
export interface NumberParameter {
	readonly default: number;
	readonly max?: number;
}

type GetValue = (name: string, defaultValue: unknown) => unknown;

/**
 * Gets the parameters of a node, or the entries of one of its collections. Null, undefined and blank
 * text mean that a parameter is not set: the default applies. A value that cannot be used is an error
 * that names the parameter and the value, and says what to write.
 *
 * Without an item index, an action node's reader gets the values of the first input item, and its
 * errors name no item.
 */
export class ParameterReader {
	constructor(
		readonly context: ParameterContext,
		readonly itemIndex?: number,
		private readonly getValueOr: GetValue = createParameterGetter(context, itemIndex),
	) {}

	/**
	 * A reader of the entries of a collection, which may also be given as an object or JSON text by an
	 * expression. n8n drops entries that the collection does not have, but not from expressions.
	 */
	getCollection({ displayName, name, options = [] }: INodeProperties): ParameterReader {
		const value = this.getValue(name);
		const entries = parseObject(value);
		const names = options.map((option) => option.name);
		const expectation = createObject(options as INodeProperties[]);
		if (!entries) return this.fail(displayName, value, expectation);
		const isChecked = typeof value === 'string' || this.isExpression(name);
		const unknown = Object.keys(entries).find((key) => !names.includes(key));
		if (isChecked && unknown !== undefined) {
			this.fail(displayName, unknown, { ...expectation, mismatch: 'is not one of its fields' });
		}
		return this.withValues(entries);
	}

	/** A reader of other values of the same item. */
	withValues(values: JsonObject): ParameterReader {
		return new ParameterReader(this.context, this.itemIndex, (name, defaultValue) =>
			hasOwn(values, name) ? values[name] : defaultValue,
		);
	}

	/** The value as it is; the default if it is null or undefined. */
	getValue(name: string, defaultValue: unknown = null): unknown {
		return this.getValueOr(name, defaultValue) ?? defaultValue;
	}

	/** Whether a switch is on. */
	getBoolean(displayName: string, name: string, defaultValue = false): boolean {
		const value = this.getValue(name);
		if (isBlank(value)) return defaultValue;
		return parseBoolean(value) ?? this.fail(displayName, value, BOOLEAN);
	}

	/** Trimmed text that must not be empty. */
	getRequiredText(displayName: string, name: string, example: string): string {
		const value = this.getValue(name, '');
		const text = trimText(value);
		if (text !== undefined) return text;
		const hint = `Write text such as ${example}.`;
		return isBlank(value)
			? this.fail(displayName, undefined, { mismatch: 'must not be empty', hint })
			: this.fail(displayName, value, { mismatch: 'is not text', hint });
	}

	/** A whole number from 1 to the maximum. */
	getInteger(displayName: string, name: string, parameter: NumberParameter): number {
		const { max = Infinity } = parameter;
		const value = this.getNumber(name, parameter);
		const number = parsePositiveNumber(value);
		if (number !== undefined && Number.isInteger(number) && number <= max) return number;
		const range = max === Infinity ? 'of 1 or more' : `from 1 to ${max}`;
		return this.fail(displayName, value, createNumber(`whole number ${range}`, parameter.default));
	}

	/** A number greater than 0, up to the maximum. */
	getPositiveNumber(displayName: string, name: string, parameter: NumberParameter): number {
		const { max = Infinity } = parameter;
		const value = this.getNumber(name, parameter);
		const number = parsePositiveNumber(value);
		if (number !== undefined && number <= max) return number;
		const range = number === undefined ? '' : ` and at most ${max}`;
		const expected = `number greater than 0${range}`;
		return this.fail(displayName, value, createNumber(expected, parameter.default));
	}

	/**
	 * Epoch milliseconds, in the years that the API can express; `undefined` if it is not set. The bound
	 * decides what a date without a time means: see `parseDateTime`.
	 */
	getDateTime(displayName: string, name: string, bound: Bound): number | undefined {
		const value = this.getValue(name);
		if (isBlank(value)) return undefined;
		const timezone = this.context.getTimezone();
		const epochMs = parseDateTime(value, { timezone, bound, nowMs: Date.now() });
		if (epochMs === undefined) return this.fail(displayName, value, DATE_TIME);
		if (epochMs < MIN_DATE_MS || epochMs >= END_DATE_MS) {
			return this.fail(displayName, value, DATE_OUT_OF_RANGE);
		}
		return epochMs;
	}

	/** One of the names, matched case-insensitively. */
	getChoice<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
		defaultName: Name,
	): Name {
		return this.getOptionalChoice(displayName, name, names) ?? defaultName;
	}

	/** One of the names, matched case-insensitively; `undefined` if it is not set. */
	getOptionalChoice<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name | undefined {
		const value = this.getValue(name);
		return isBlank(value) ? undefined : this.requireName(displayName, value, names);
	}

	/**
	 * The texts of a list, in any form that `parseList` reads. Empty text is a list without entries; the
	 * default applies if the value is null or undefined.
	 */
	getList(displayName: string, name: string, defaultValue?: string): string[] {
		const value = this.getValue(name, defaultValue);
		if (isNullish(value)) return [];
		return parseList(value).map((entry) =>
			entry instanceof InvalidEntry ? this.fail(displayName, entry.value, TEXT_LIST) : entry,
		);
	}

	/** Throws an error about a value; without a value, about the parameter alone. */
	fail(displayName: string, value: unknown, expectation: Expectation): never {
		const { context, itemIndex } = this;
		return throwParameterError({ context, displayName, itemIndex }, value, expectation);
	}

	/** The one of the names that a value is, matched case-insensitively. */
	requireName<Name extends string>(
		displayName: string,
		value: unknown,
		names: readonly Name[],
	): Name {
		return matchName(value, names) ?? this.fail(displayName, value, createChoice(names));
	}

	private getNumber(name: string, parameter: NumberParameter): unknown {
		const value = this.getValue(name);
		return isBlank(value) ? parameter.default : value;
	}

	/** Whether an expression gives the whole value of a parameter. */
	private isExpression(name: string): boolean {
		return typeof this.context.getNode().parameters?.[name] === 'string';
	}
}

function createParameterGetter(context: ParameterContext, itemIndex = 0): GetValue {
	return (name, defaultValue) =>
		'getInputData' in context
			? context.getNodeParameter(name, itemIndex, defaultValue)
			: context.getNodeParameter(name, defaultValue);
}
