import type { CelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Query } from '../http/request';
import { formatTimestamp } from '../records/timestamp';
import type { TimeWindow } from '../records/timeWindow';

/**
 * `iso`: `2025-02-04T10:33:24.647Z`, which version 1 of the Audit Log API accepts. `seconds`:
 * `2025-02-04T10:33:24`, which the Team API documents. It has no zone: that it means UTC is an
 * assumption.
 */
export type DateForm = 'iso' | 'seconds';

export const SECOND_MS = 1000;

/** Whether a window is so short that it may be one of many in a second. */
export function isSubSecond({ fromMs = -Infinity, toMs = Infinity }: Partial<TimeWindow>): boolean {
	return toMs - fromMs < SECOND_MS;
}

/**
 * The window as query parameters. It is not documented whether the server's bounds are inclusive: one
 * millisecond more at the start covers both cases, and `parsePage` drops the surplus. Nor is it documented
 * whether the server ignores fractions of a second: the end of a window is the next whole second, unless
 * the window is shorter (see `withSubSecondWindows`). Whole seconds are rounded outwards.
 */
export function buildWindowQuery(
	{ fromMs, toMs }: Partial<TimeWindow> = {},
	form: DateForm = 'iso',
): Query {
	const format = (ms: number, isRounded: boolean, round: (seconds: number) => number) => {
		const text = formatTimestamp(isRounded ? round(ms / SECOND_MS) * SECOND_MS : ms);
		return form === 'iso' ? text : text.replace(/\.\d+Z$/, '');
	};
	const isSeconds = form === 'seconds';
	const isLong = !isSubSecond({ fromMs, toMs });
	return {
		from: fromMs === undefined ? undefined : format(fromMs - 1, isSeconds, Math.floor),
		to: toMs === undefined ? undefined : format(toMs, isSeconds || isLong, Math.ceil),
	};
}

/** The form of dates that the server accepts, as one reading has found out. All its slices share it. */
export class DateForms {
	#form: DateForm = 'iso';
	#isAccepted = false;
	#refusal: CelonisError | undefined;

	get form(): DateForm {
		return this.#form;
	}

	/** Why dates without a zone had to be tried. */
	get refusal(): CelonisError | undefined {
		return this.#refusal;
	}

	/** Remembers that dates of this form were accepted. */
	accept(form: DateForm): void {
		this.#form = form;
		this.#isAccepted = true;
	}

	/**
	 * Changes the form once, after dates of this form were refused. Returns whether the form to use is
	 * another one. If none is accepted, it throws the first refusal.
	 */
	changeAfter(error: CelonisError, form: DateForm): boolean {
		if (error.details.code !== 'badRequest') return false;
		if (form !== this.#form) return true;
		if (this.#isAccepted) return false;
		if (form === 'seconds') throw rethrow(this.#refusal ?? error);
		this.#refusal ??= error;
		this.#form = 'seconds';
		return true;
	}
}
