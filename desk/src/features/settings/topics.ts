import type { Inbox } from '@deskbell/contract';
import {
  Globe2,
  type LucideIcon,
  MessageSquareText,
  Palette,
  Plug,
  UsersRound,
} from 'lucide-react';
import { type Topic, topics } from './topic.ts';

export const topicIcons: Record<Topic, LucideIcon> = {
  look: Palette,
  words: MessageSquareText,
  site: Plug,
  domains: Globe2,
  members: UsersRound,
};

/** Agents see who serves an inbox; the rest is the admins'. */
export const topicsFor = (mayChange: boolean): readonly Topic[] =>
  mayChange ? topics : ['members'];

/** Something that the search over settings can find. */
export interface Findable {
  inbox: Inbox;
  topic: Topic;
  /** What it is called, then further words that people look for it by. */
  title: string;
  words: string;
}

/** Every word that was typed is somewhere in its name, its inbox or its other words. */
export function found(all: readonly Findable[], typed: string, language: string): Findable[] {
  const wanted = typed.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  return all.filter(({ inbox, title, words }) => {
    const text = `${title} ${words} ${inbox.name}`.toLocaleLowerCase(language);
    return wanted.every((word) => text.includes(word));
  });
}
