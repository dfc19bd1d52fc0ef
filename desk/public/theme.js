// A theme that was chosen here stands on the root before anything is painted. The same key is in src/app/theme.ts.
try {
  const theme = localStorage.getItem('deskbell.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is denied: the system's theme it is.
}
