/** What a page needs to show an inbox's widget. */
export function scriptTag(key: string, origin = location.origin): string {
  return `<script async src="${origin}/widget/loader.js" data-inbox="${key}"></script>`;
}

/** The little shop that shows it at once. */
export const demoPath = (key: string): string => `/demo/?inbox=${encodeURIComponent(key)}`;

/** The chat as a page of its own, for those who have no site. */
export const chatAddress = (key: string, origin = location.origin): string =>
  `${origin}/chat/${key}`;
