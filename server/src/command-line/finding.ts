/** What the doctor found about one thing; where it is wrong, `says` tells what to do as well. */
export interface Finding {
  what: string;
  isRight: boolean;
  says: string;
}

export const right = (what: string, says: string): Finding => ({ what, isRight: true, says });
export const wrong = (what: string, says: string): Finding => ({ what, isRight: false, says });

export const lineOf = ({ what, isRight, says }: Finding): string =>
  `${isRight ? '✓' : '✗'} ${what.padEnd(14)} ${says}`;
