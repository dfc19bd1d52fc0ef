import type { DeviceId } from '@deskbell/contract';

const KEPT = 'deskbell.device';

/** Names this browser among its agent's; made once. Where storage is denied, this page alone is a device. */
export const deviceId: DeviceId = keptId();

function keptId(): DeviceId {
  try {
    const kept = localStorage.getItem(KEPT) ?? crypto.randomUUID();
    localStorage.setItem(KEPT, kept);
    return kept as DeviceId;
  } catch {
    return crypto.randomUUID() as DeviceId;
  }
}
