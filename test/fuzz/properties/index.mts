import type { Properties } from './check.mts';
import { httpProperties } from './http.mts';
import { itemProperties } from './items.mts';
import { readingProperties } from './reading.mts';
import { valueProperties } from './values.mts';

/** A property of every parser of external input, by name. */
export const properties: Properties = {
	...readingProperties,
	...itemProperties,
	...httpProperties,
	...valueProperties,
};
