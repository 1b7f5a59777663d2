import type { Bug } from '../runSeed.mts';
import * as cursorBugs from './cursorBugs.mts';
import * as readingBugs from './readingBugs.mts';

/** Deliberate bugs, by name: the simulation must detect each of them. */
export const bugs: Readonly<Record<string, Bug>> = { ...cursorBugs, ...readingBugs };
