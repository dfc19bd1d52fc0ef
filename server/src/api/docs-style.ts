/** The page's only style; served beside it, because its policy forbids what stands inside. */
export const docsStyle = `
:root { color-scheme: light dark; --line: light-dark(#d8dbe2, #333843); --soft: light-dark(#f5f6f8, #1b1e25); --link: light-dark(#3730a3, #a5b4fc); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; display: grid; grid-template-columns: 13rem minmax(0, 52rem); gap: 2rem; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 2rem 0 2rem 1.5rem; font-size: 0.9rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li { margin: 0.25rem 0; }
main { padding: 1.5rem 1.5rem 6rem 0; }
h1 { font-size: 1.75rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin: 2rem 0 0.25rem; font-size: 1rem; }
h3 code, h4 code { font-size: 0.95rem; font-weight: 600; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.85rem; }
a { color: var(--link); }
code, pre { font: 0.85rem/1.45 ui-monospace, monospace; }
pre { background: var(--soft); padding: 0.75rem; overflow: auto; border-radius: 6px; margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; display: block; overflow: auto; }
td, th { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:target, section:target { background: var(--soft); }
.refusals { font-size: 0.85rem; }
@media (max-width: 50rem) { body { display: block; padding: 0 1rem; } nav { position: static; height: auto; padding: 1rem 0 0; } main { padding-right: 0; } }
`;
