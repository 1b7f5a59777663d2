import type { Properties } from './check.mts';
import { createCostProperties } from './cost.mts';
import { envelopeProperties } from './envelopes.mts';
import { httpProperties } from './http.mts';
import { itemProperties } from './items.mts';
import { readingProperties } from './reading.mts';
import { valueProperties } from './values.mts';

/**
 * A property of every parser of external input, by name. Where sizes matter, inputs have about
 * `maxSize` characters.
 */
export const createProperties = (maxSize: number): Properties => ({
	...readingProperties,
	...envelopeProperties,
	...itemProperties,
	...httpProperties,
	...valueProperties,
	...createCostProperties(maxSize),
});
