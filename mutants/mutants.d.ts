declare module 'virtual:mutants' {
  export const mutants: {
    id: string;
    file: string;
    line: number;
    was: string;
    replacement: string;
  }[];
}
