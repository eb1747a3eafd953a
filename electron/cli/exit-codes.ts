export const exitDone = 0;
export const exitFailed = 1;
export const exitUsage = 2;
// What shells use for a program that Ctrl-C ended.
export const exitInterrupted = 130;
