import type { Bug } from '../runSeed.mts';
import * as activationBugs from './activationBugs.mts';
import * as answerBugs from './answerBugs.mts';
import * as clockBugs from './clockBugs.mts';
import * as cursorBugs from './cursorBugs.mts';
import * as identityBugs from './identityBugs.mts';
import * as latenessBugs from './latenessBugs.mts';
import * as readingBugs from './readingBugs.mts';
import * as serverBugs from './serverBugs.mts';
import * as teamBugs from './teamBugs.mts';

/** Deliberate bugs, by name: the simulation must detect each of them. */
export const bugs: Readonly<Record<string, Bug>> = {
	...cursorBugs,
	...readingBugs,
	...clockBugs,
	...identityBugs,
	...answerBugs,
	...serverBugs,
	...teamBugs,
	...activationBugs,
	...latenessBugs,
};
