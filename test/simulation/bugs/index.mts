import type { Bug } from '../runSeed.mts';
import * as cursorBugs from './cursorBugs.mts';
import * as readingBugs from './readingBugs.mts';

/** Wrong triggers, by name: the simulation has to tell each of them from the right one. */
export const bugs: Readonly<Record<string, Bug>> = { ...cursorBugs, ...readingBugs };
