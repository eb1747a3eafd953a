import type { RefusalCode } from '../protocol.ts';

// Why nothing is changed, for whoever asked.
export class Refused extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode, detail: string) {
    super(detail);
    this.code = code;
  }
}
