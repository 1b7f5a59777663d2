/** Before all tests: see `prepare`. */
import { SetupError } from '../../../scripts/n8n/setupError.mts';
import { prepare } from './prepared.mts';

try {
	await prepare();
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}
