/** Prints the path of the Node.js that n8n runs under, fetching it first where it is not there. */
import { nodeRuntime } from './nodeRuntime.mts';

const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
const { node } = await nodeRuntime();
write(`${node}\n`);
