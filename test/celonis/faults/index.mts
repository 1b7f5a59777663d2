export * from './connectionFaults.mts';
export * from './pageFaults.mts';
export * from './responseFaults.mts';
