// The command line takes the same words.
export { parseMoment } from '../../electron/core/parse-moment.ts';
