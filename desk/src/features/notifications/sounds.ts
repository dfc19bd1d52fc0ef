export type Sound = 'ring' | 'message';

/** A note: how high in Hz, when it begins and how long it rings, in s. */
interface Tone {
  pitch: number;
  at: number;
  rings: number;
}

/** A desk bell struck twice, a fifth apart, for somebody who waits; one soft drop of wood for a message. */
const tones: Record<Sound, readonly Tone[]> = {
  ring: [
    { pitch: 784, at: 0, rings: 1.5 },
    { pitch: 1_175, at: 0.17, rings: 1.6 },
    { pitch: 784, at: 0.75, rings: 1.5 },
    { pitch: 1_175, at: 0.92, rings: 1.8 },
  ],
  message: [
    { pitch: 587, at: 0, rings: 0.16 },
    { pitch: 440, at: 0.07, rings: 0.24 },
  ],
};

/** What sounds beside the note itself: a bell's upper partials are no multiples of it, and die away sooner. */
const partials: Record<Sound, readonly { ratio: number; loudness: number; rings: number }[]> = {
  ring: [
    { ratio: 1, loudness: 0.5, rings: 1 },
    { ratio: 2.76, loudness: 0.16, rings: 0.55 },
    { ratio: 5.4, loudness: 0.06, rings: 0.3 },
  ],
  message: [
    { ratio: 1, loudness: 0.6, rings: 1 },
    { ratio: 3, loudness: 0.08, rings: 0.4 },
  ],
};

let context: AudioContext | null = null;

/** Browsers let a page sound once somebody has touched it; until then it is silent. */
export const maySound = () => navigator.userActivation?.hasBeenActive ?? true;

/** Plays it, `volume` of 100 loud. Made here, note by note; nothing is fetched. */
export async function play(sound: Sound, volume: number): Promise<void> {
  if (volume === 0 || !maySound()) return;
  context ??= new AudioContext();
  await context.resume();
  const loudness = context.createGain();
  // Ears hear by ratios: half of the slider is meant to be half as loud.
  loudness.gain.value = (volume / 100) ** 2;
  loudness.connect(context.destination);
  for (const tone of tones[sound])
    for (const partial of partials[sound]) strike(context, loudness, { tone, partial });
}

function strike(
  audio: AudioContext,
  into: AudioNode,
  { tone, partial }: { tone: Tone; partial: (typeof partials)[Sound][number] },
): void {
  const from = audio.currentTime + tone.at;
  const until = from + tone.rings * partial.rings;
  const gain = audio.createGain();
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(partial.loudness * 0.5, from + 0.008);
  gain.gain.exponentialRampToValueAtTime(0.0001, until);
  const oscillator = new OscillatorNode(audio, { frequency: tone.pitch * partial.ratio });
  oscillator.connect(gain).connect(into);
  oscillator.start(from);
  oscillator.stop(until);
}
