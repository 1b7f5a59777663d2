import { Session } from 'node:inspector/promises';
import { summarizeProfile, type GroupTimes } from './summarize.mts';

/** Profiles this thread while something is done. */
export async function profile(act: () => Promise<unknown>): Promise<GroupTimes> {
	const session = new Session();
	session.connect();
	try {
		await session.post('Profiler.enable');
		await session.post('Profiler.start');
		await act();
		return summarizeProfile((await session.post('Profiler.stop')).profile);
	} finally {
		session.disconnect();
	}
}
