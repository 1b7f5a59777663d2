/** How many whole months of history a team has at least. */
export const HISTORY_MONTHS = 13;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A calendar day of the team, which works in Central Europe. */
export interface Day {
	/** Days since the team's first day. */
	readonly index: number;
	/** Weeks since the epoch, from Monday to Sunday. */
	readonly week: number;
	/** As in `2026-05-31`. */
	readonly date: string;
	/** 1 to 12 */
	readonly month: number;
	readonly dayOfMonth: number;
	/** 1 is Monday. */
	readonly weekday: number;
	/** Neither a weekend nor a public holiday. */
	readonly isWorkday: boolean;
	readonly isLastWorkdayOfMonth: boolean;
	/** Workdays from the team's first day up to this one: 1 on the first workday. */
	readonly workdayNumber: number;
	/** Epoch milliseconds of an hour of the day; 13.5 is half past one. */
	at(hour: number): number;
}

/** Local dates are counted in days since the epoch. */
type LocalDate = number;

const fixedHolidays = new Set(['01-01', '05-01', '10-03', '12-24', '12-25', '12-26', '12-31']);

/** Good Friday, Easter Monday, Ascension Day, Whit Monday. */
const DAYS_AFTER_EASTER = [-2, 1, 39, 50];

/** The first day of the month that lies `HISTORY_MONTHS` before a time. */
export function getFirstDate(nowMs: number): LocalDate {
	const local = new Date(nowMs + getOffsetMs(nowMs));
	return toLocalDate(local.getUTCFullYear(), local.getUTCMonth() - HISTORY_MONTHS, 1);
}

/** Creates the days of a team one after the other. */
export function createCalendar(first: LocalDate): { readonly next: () => Day } {
	let index = 0;
	let workdayNumber = 0;
	return {
		next: () => {
			const date = first + index;
			if (isWorkday(date)) workdayNumber++;
			return createDay(date, index++, workdayNumber);
		},
	};
}

/** Whether a time is between 7 and 19 o'clock on a workday of the team. */
export function isWorkingHour(ms: number): boolean {
	const localMs = ms + getOffsetMs(ms);
	const date = Math.floor(localMs / DAY_MS);
	const hour = (localMs - date * DAY_MS) / HOUR_MS;
	return hour >= 7 && hour < 19 && isWorkday(date);
}

function createDay(date: LocalDate, index: number, workdayNumber: number): Day {
	const utc = toUtc(date);
	return {
		index,
		week: Math.floor((date + 3) / 7),
		date: utc.toISOString().slice(0, 10),
		month: utc.getUTCMonth() + 1,
		dayOfMonth: utc.getUTCDate(),
		weekday: getWeekday(date),
		isWorkday: isWorkday(date),
		isLastWorkdayOfMonth: isWorkday(date) && isLastWorkday(date),
		workdayNumber,
		at: (hour) => {
			const localMs = Math.floor(date * DAY_MS + hour * HOUR_MS);
			return localMs - getOffsetMs(localMs - HOUR_MS);
		},
	};
}

function isLastWorkday(date: LocalDate): boolean {
	let next = date + 1;
	while (!isWorkday(next)) next++;
	return toUtc(next).getUTCMonth() !== toUtc(date).getUTCMonth();
}

function isWorkday(date: LocalDate): boolean {
	return getWeekday(date) <= 5 && !isHoliday(date);
}

function isHoliday(date: LocalDate): boolean {
	const utc = toUtc(date);
	if (fixedHolidays.has(utc.toISOString().slice(5, 10))) return true;
	const easter = findEaster(utc.getUTCFullYear());
	return DAYS_AFTER_EASTER.includes(date - easter);
}

/** Easter Sunday, by the anonymous Gregorian algorithm. */
function findEaster(year: number): LocalDate {
	const century = Math.floor(year / 100);
	const yearOfCentury = year % 100;
	const golden = year % 19;
	const skipped = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25);
	const moon = (19 * golden + skipped + 15) % 30;
	const correction = Math.floor((golden + 11 * moon) / 319);
	const leapDays = 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - (yearOfCentury % 4);
	const sunday = (leapDays - moon + correction + 32) % 7;
	const position = moon - correction + sunday;
	const month = Math.floor((position + 90) / 25);
	return toLocalDate(year, month - 1, (position + month + 19) % 32);
}

/** Central European Time, or summer time between the last Sundays of March and October. */
function getOffsetMs(ms: number): number {
	const year = new Date(ms).getUTCFullYear();
	const isSummer = ms >= findClockChange(year, 2) && ms < findClockChange(year, 9);
	return (isSummer ? 2 : 1) * HOUR_MS;
}

function findClockChange(year: number, month: number): number {
	const last = toLocalDate(year, month, 31);
	return (last - (getWeekday(last) % 7)) * DAY_MS + HOUR_MS;
}

/** 1 is Monday. */
function getWeekday(date: LocalDate): number {
	return ((date + 3) % 7) + 1;
}

/** `month` from 0; months below 0 are of the year before. */
function toLocalDate(year: number, month: number, day: number): LocalDate {
	return Date.UTC(year, month, day) / DAY_MS;
}

function toUtc(date: LocalDate): Date {
	return new Date(date * DAY_MS);
}
