export * from './connectionFaults.mts';
export * from './envelopeFaults.mts';
export * from './pageFaults.mts';
export * from './responseFaults.mts';
