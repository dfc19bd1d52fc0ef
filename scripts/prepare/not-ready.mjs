/** What the person has to do before Deskbell can run; shown without a stack. */
export class NotReady extends Error {
  name = 'NotReady';
}
