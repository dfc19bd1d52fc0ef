let audio: AudioContext | undefined;

/** Two soft notes, in one of the tabs: whoever gets the lock first. Silent where the browser forbids sound. */
export function ring(message: string): void {
  const { locks } = navigator;
  if (!locks) return play();
  locks
    .request(`deskbell ring ${message}`, { ifAvailable: true }, async (lock) => {
      if (!lock) return;
      play();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    })
    .catch(play);
}

function play(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') audio.resume().catch(() => undefined);
  note(audio, { hertz: 660, after: 0 });
  note(audio, { hertz: 880, after: 0.11 });
}

function note(context: AudioContext, { hertz, after }: { hertz: number; after: number }): void {
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  const begin = context.currentTime + after;
  tone.frequency.value = hertz;
  tone.type = 'sine';
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(0.09, begin + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.32);
  tone.connect(volume).connect(context.destination);
  tone.start(begin);
  tone.stop(begin + 0.34);
}
