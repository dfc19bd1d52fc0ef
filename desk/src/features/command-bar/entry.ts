import type { PaletteItem } from '../../ui/palette.tsx';
import type { Findable } from './ranking.ts';

/** One thing that the command bar offers. */
export interface Entry extends PaletteItem, Findable {
  /** `here`: only with what is open now. */
  group: 'here' | 'conversations' | 'go' | 'settings' | 'do';
  run(): void;
}
