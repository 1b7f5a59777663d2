import type { Bug } from '../runSeed.mts';
import { omitFields } from '../../support/omitFields.mts';

/** All teams share a position. */
export const teamsShareOnePosition: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) => factory.createStore({ ...options, team: 'any team' }, mode),
});

/** A switch to another team forgets the position of the team before. */
export const otherTeamsForgotten: Bug = (factory) => ({
	...factory,
	createStore: (options, mode) => {
		const getStaticData = () =>
			new Proxy(options.getStaticData(), {
				set: (target, name, value: Readonly<Record<string, unknown>>) => {
					return Reflect.set(target, name, omitFields(value, 'otherTeams'));
				},
			});
		return factory.createStore({ ...options, getStaticData }, mode);
	},
});
