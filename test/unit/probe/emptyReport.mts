import { Findings } from '../../../scripts/probe/findings.mts';
import { FORMAT, VERSION, type ProbeReport } from '../../../scripts/probe/report.mts';

/** A whole report in which nothing was seen. */
export const createReport = (): ProbeReport => ({
	format: FORMAT,
	version: VERSION,
	credential: 'client',
	end: 'complete',
	requests: 3,
	watchedMinutes: 0,
	findings: new Findings().list(),
});
