/** Prints the path of the Node.js for n8n, and downloads it if necessary. */
import { provideNodeRuntime } from './nodeRuntime.mts';

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
const { node } = await provideNodeRuntime();
write(`${node}\n`);
