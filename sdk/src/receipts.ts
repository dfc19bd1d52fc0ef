import type { Mark, Receipt } from '@deskbell/contract';

/** Watermarks only ever grow, each side's for itself. */
export function mergeReceipts(held: Receipt, given: Receipt): Receipt {
  const contactDelivered = Math.max(held.contactDelivered, given.contactDelivered);
  const contactRead = Math.max(held.contactRead, given.contactRead);
  const oursRead = Math.max(held.oursRead, given.oursRead);
  const isSame =
    contactDelivered === held.contactDelivered &&
    contactRead === held.contactRead &&
    oursRead === held.oursRead;
  return isSame ? held : { id: held.id, contactDelivered, contactRead, oursRead };
}

/** The mark that read further. Of two that read equally far the given one, since the held one may be this client's own guess. */
export function mergeMarks(held: Mark, given: Mark): Mark {
  if (given.version !== held.version) return given.version > held.version ? given : held;
  return given.contactMessages === held.contactMessages ? held : given;
}
