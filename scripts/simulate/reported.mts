import { behaveLike } from '../../test/celonis/like.mts';
import {
	toReportedServer,
	type ReportedServer,
} from '../../test/simulation/plan/reportedServer.mts';
import { readReport } from '../probe/files.mts';

/** The server that behaves like the team of a report, if there is one. */
export async function readReportedServer(
	reportFile: string | undefined,
): Promise<ReportedServer | undefined> {
	return reportFile === undefined
		? undefined
		: toReportedServer(behaveLike(await readReport(reportFile)));
}
