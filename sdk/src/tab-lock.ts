/** Which of a site's tabs sends what they share. */
export interface TabLock {
  /** Asks for the lock; `isUrgent`: takes it from whoever has it. */
  ask(isUrgent: boolean): void;
  /** Gives it back, or asks no longer. */
  release(): void;
}

/**
 * A Web Lock (https://www.w3.org/TR/web-locks/): one tab at a time sends, in the common order; the one
 * that a person writes in takes it over. Where there are none (no TLS, Node) each tab holds it at once,
 * and the server tells repeated commands by their id.
 */
export function webLock(name: string, onChange: (isHeld: boolean) => void): TabLock {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  return locks ? new WebTabLock({ locks, name, onChange }) : noLock(onChange);
}

/** For an outbox that nobody shares. */
export function noLock(onChange: (isHeld: boolean) => void): TabLock {
  return { ask: () => onChange(true), release: () => onChange(false) };
}

class WebTabLock implements TabLock {
  private readonly given: {
    locks: LockManager;
    name: string;
    onChange: (isHeld: boolean) => void;
  };
  private waiting: AbortController | null = null;
  private giveBack: (() => void) | null = null;
  private isWanted = false;

  constructor(given: WebTabLock['given']) {
    this.given = given;
  }

  ask(isUrgent: boolean): void {
    this.isWanted = true;
    if (this.giveBack || (this.waiting && !isUrgent)) return;
    this.waiting?.abort();
    this.waiting = isUrgent ? null : new AbortController();
    // `steal` and `signal` exclude one another.
    const how = this.waiting ? { signal: this.waiting.signal } : { steal: true };
    this.request(how);
  }

  release(): void {
    this.isWanted = false;
    this.waiting?.abort();
    this.waiting = null;
    this.giveBack?.();
  }

  private request(how: LockOptions): void {
    const { locks, name, onChange } = this.given;
    let isHeld = false;
    const held = () =>
      new Promise<void>((giveBack) => {
        this.waiting = null;
        this.giveBack = giveBack;
        isHeld = true;
        onChange(true);
      });
    const ended = () => {
      if (!isHeld) return;
      this.giveBack = null;
      onChange(false);
      // Taken by another tab: ours again when that one closes.
      if (this.isWanted) this.ask(false);
    };
    locks.request(name, how, held).then(ended, ended);
  }
}
