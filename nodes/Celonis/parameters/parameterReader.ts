import { isJsonObject } from '../records/json';
import { isNullish, trimText } from '../records/text';
import { throwParameterError, type Expectation, type ParameterContext } from './parameterError';
import { matchName, parseDateTime, parsePositiveNumber, splitList } from './parseValue';

const TEXT_LIST: Expectation = {
	mismatch: 'is not text',
	hint: 'Separate several values by commas.',
};

const DATE_TIME: Expectation = {
	mismatch: 'is not a date and time',
	hint: 'Use the date picker, or an expression that returns a date such as {{ $now.minus({ days: 1 }) }} or 2026-01-31T08:00:00Z.',
};

/** Years that ISO 8601 writes with four digits, with some room for arithmetic before the first one. */
const MIN_DATE_MS = Date.UTC(1000, 0, 1);
const END_DATE_MS = Date.UTC(9999, 0, 1);
const OUT_OF_RANGE = 'is not between the years 1000 and 9998';

/** A number parameter: its default, and its largest value. */
export interface NumberParameter {
	readonly default: number;
	readonly max?: number;
	/** Whether null stands for the default. */
	readonly isNullable?: boolean;
}

type GetValue = (name: string, defaultValue: unknown) => unknown;

/**
 * Gets the parameters of a node, or the entries of one of its collections. A value that cannot be
 * used is an error that names the parameter and the value.
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

	/** A reader of the entries of a collection. */
	getCollection(name: string): ParameterReader {
		return this.withValues(this.getValue(name));
	}

	/** A reader of other values of the same item. */
	withValues(values: unknown): ParameterReader {
		const entries = isJsonObject(values) ? values : {};
		return new ParameterReader(this.context, this.itemIndex, (name, defaultValue) =>
			entries[name] === undefined ? defaultValue : entries[name],
		);
	}

	/** The value as it is; the default if it is undefined. */
	getValue(name: string, defaultValue: unknown = null): unknown {
		return this.getValueOr(name, defaultValue);
	}

	/** Whether a switch is on: nothing but `true` turns it on. */
	isOn(name: string): boolean {
		return this.getValue(name) === true;
	}

	/** Trimmed text that must not be empty. */
	getRequiredText(displayName: string, name: string): string {
		const value = this.getValue(name, '');
		const text = trimText(value);
		if (text !== undefined) return text;
		const hint = `Fill in '${displayName}'.`;
		return typeof value === 'string' || isNullish(value)
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
		return this.fail(displayName, value, createExpectation(`whole number ${range}`));
	}

	/** A number greater than 0, up to the maximum. */
	getPositiveNumber(displayName: string, name: string, parameter: NumberParameter): number {
		const { max = Infinity } = parameter;
		const value = this.getNumber(name, parameter);
		const number = parsePositiveNumber(value);
		if (number !== undefined && number <= max) return number;
		const range = number === undefined ? '' : ` and at most ${max}`;
		return this.fail(displayName, value, createExpectation(`number greater than 0${range}`));
	}

	/** Epoch milliseconds, in the years that the API can express; `undefined` if it is not set. */
	getDateTime(displayName: string, name: string): number | undefined {
		const value = this.getValue(name);
		if (isUnset(value)) return undefined;
		const epochMs = parseDateTime(value, this.context.getTimezone());
		if (epochMs === undefined) return this.fail(displayName, value, DATE_TIME);
		if (epochMs < MIN_DATE_MS || epochMs >= END_DATE_MS) {
			return this.fail(displayName, value, { ...DATE_TIME, mismatch: OUT_OF_RANGE });
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
		return this.requireName(displayName, this.getValue(name, defaultName), names);
	}

	/**
	 * The texts of a list, as multiple choice and expressions give it, or of one text with commas or
	 * line breaks between the entries. Empty entries do not count.
	 */
	getList(displayName: string, name: string, defaultValue?: string): string[] {
		const value = this.getValue(name, defaultValue);
		if (isNullish(value)) return [];
		const values: unknown[] = Array.isArray(value) ? value : [value];
		return values.flatMap((entry) => {
			if (typeof entry === 'number') return [String(entry)];
			if (typeof entry !== 'string') return this.fail(displayName, entry, TEXT_LIST);
			return splitList(entry);
		});
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
		const hint = `The choices are: ${names.join(', ')}.`;
		const expectation = { mismatch: 'is not one of the choices', hint };
		return matchName(value, names) ?? this.fail(displayName, value, expectation);
	}

	private getNumber(name: string, { isNullable, ...parameter }: NumberParameter): unknown {
		const value = this.getValue(name, parameter.default);
		return isNullable && value === null ? parameter.default : value;
	}
}

/** Whether a field is not set, or was emptied. */
export function isUnset(value: unknown): boolean {
	return isNullish(value) || value === '';
}

function createExpectation(expected: string): Expectation {
	return { mismatch: `is not a ${expected}`, hint: `Enter a ${expected}.` };
}

function createParameterGetter(context: ParameterContext, itemIndex = 0): GetValue {
	return (name, defaultValue) =>
		'getInputData' in context
			? context.getNodeParameter(name, itemIndex, defaultValue)
			: context.getNodeParameter(name, defaultValue);
}
