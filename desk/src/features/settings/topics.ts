import type { LinkProps } from '@tanstack/react-router';
import {
  ClipboardList,
  Globe2,
  type LucideIcon,
  MessageSquareText,
  Palette,
  Plug,
  UsersRound,
  Waypoints,
} from 'lucide-react';
import { type Topic, topics } from './topic.ts';

export const topicIcons: Record<Topic, LucideIcon> = {
  look: Palette,
  words: MessageSquareText,
  form: ClipboardList,
  site: Plug,
  domains: Globe2,
  members: UsersRound,
  rules: Waypoints,
};

/** Agents see who serves an inbox; the rest is the admins'. */
export const topicsFor = (mayChange: boolean): readonly Topic[] =>
  mayChange ? topics : ['members'];

/** Something that the search over settings can find. */
export interface Findable {
  id: string;
  icon: LucideIcon;
  /** What it is called, then further words that people look for it by. */
  title: string;
  words: string;
  /** The inbox or the page on which it stands; null: it is a page. */
  where: string | null;
  link: LinkProps;
}

/** Every word that was typed is somewhere in its name, its place or its other words. */
export function found<Item extends Pick<Findable, 'title' | 'words' | 'where'>>(
  all: readonly Item[],
  typed: string,
  language: string,
): Item[] {
  const wanted = typed.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  return all.filter(({ where, title, words }) => {
    const text = `${title} ${words} ${where ?? ''}`.toLocaleLowerCase(language);
    return wanted.every((word) => text.includes(word));
  });
}
