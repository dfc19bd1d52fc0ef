/** What a page needs to show an inbox's widget. */
export function scriptTag(key: string, origin = location.origin): string {
  return `<script async src="${origin}/widget/loader.js" data-inbox="${key}"></script>`;
}

/** The little shop that shows it at once. */
export const demoPath = (key: string): string => `/demo/?inbox=${encodeURIComponent(key)}`;
