import { CATALOGUE } from './catalogue.generated';

/** A category of the documented events, as Celonis names it. */
export type Category = keyof typeof CATALOGUE;

/** The name of a documented event. New ones appear with new features of Celonis. */
export type EventName = (typeof CATALOGUE)[Category][number];

/** The category of events that are not in the catalogue. */
export const OTHER_CATEGORY = 'Other';

/** Every category of events: those of the catalogue, in its order, and `Other`. */
export const CATEGORIES: ReadonlyArray<Category | typeof OTHER_CATEGORY> = [
	...(Object.keys(CATALOGUE) as Category[]),
	OTHER_CATEGORY,
];

/** The names of the documented events, in alphabetical order. */
export const EVENT_NAMES: readonly EventName[] = Object.values<readonly EventName[]>(CATALOGUE)
	.flat()
	.sort();

const categoryByName: ReadonlyMap<string, Category> = new Map(
	(Object.keys(CATALOGUE) as Category[]).flatMap((category) =>
		CATALOGUE[category].map((name): [string, Category] => [name, category]),
	),
);

/** Whether Celonis documents an event of this name. */
export function isDocumented(eventName: string): boolean {
	return categoryByName.has(eventName);
}

/** The category of an event; `Other` if it is not in the catalogue. */
export function getCategory(eventName: string | undefined): Category | typeof OTHER_CATEGORY {
	return (eventName && categoryByName.get(eventName)) || OTHER_CATEGORY;
}
