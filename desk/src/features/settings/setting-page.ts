/** The pages of the workspace's own settings, in their order; one without a setting isn't shown. */
export const settingPages = ['workspace', 'conversations', 'assignment', 'advanced'] as const;
export type SettingPage = (typeof settingPages)[number];

/** From the address bar, so checked. */
export const isSettingPage = (word: string): word is SettingPage =>
  (settingPages as readonly string[]).includes(word);
